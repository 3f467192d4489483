using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Tests.Process.Faults;

/// <summary>
/// A proxy in front of a server on this machine. It cuts a connection in the middle of a share of its packets, in either
/// direction, as a network that loses packets for too long does.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private int _cuts;

    public CuttingProxy(int server)
    {
        _server = server;
        _listener.Start();
        Accept().Forget();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The share of packets in which a connection is cut, 0 to 1.</summary>
    public double Share { get; set; }

    /// <summary>How many connections it has cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync();
            Serve(client).Forget();
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAny(Forward(client, server), Forward(server, client));
            // A reset, with which both sides lose what they have not read.
            client.LingerState = server.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    private async Task Forward(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                if (Random.Shared.NextDouble() < Share)
                {
                    Interlocked.Increment(ref _cuts);
                    await to.SendAsync(buffer.AsMemory(0, Random.Shared.Next(read)));
                    return;
                }
                for (var sent = 0; sent < read; )
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side has closed the connection.
        }
    }
}
