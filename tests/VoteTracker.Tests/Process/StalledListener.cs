using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Process;

/// <summary>
/// A client that opens a stream and reads nothing. It has a small kernel buffer, so that the service must handle the
/// unread events.
/// </summary>
internal sealed class StalledListener : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private StalledListener() { }

    public static async Task<StalledListener> Open(Uri service, string path)
    {
        var listener = new StalledListener();
        listener._socket.ReceiveBufferSize = 2_048;
        // TCP_MAXSEG: what the sender's kernel keeps for a connection grows with the size of its packets.
        const int tcp = 6;
        const int maxSegment = 2;
        listener._socket.SetRawSocketOption(tcp, maxSegment, BitConverter.GetBytes(536));
        await listener._socket.ConnectAsync(IPAddress.Parse(service.Host), service.Port);
        await listener._socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {service.Authority}\r\n\r\n")
        );
        return listener;
    }

    /// <summary>Reads a buffered event, or fails after a minute.</summary>
    public async Task<string> Read()
    {
        var buffer = new byte[65_536];
        using var limit = new CancellationTokenSource(Hang.Limit);
        var read = await _socket.ReceiveAsync(buffer, limit.Token);
        read.ShouldBeGreaterThan(0, "the connection was closed");
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    public void Dispose() => _socket.Dispose();
}
