using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Process.Stopping;

/// <summary>A client that sends some bytes, and then neither sends nor reads nor closes.</summary>
internal sealed class StuckClient : IDisposable
{
    private readonly TcpClient _client = new() { ReceiveBufferSize = 2_048 };

    private StuckClient() { }

    /// <summary>Connects and sends these bytes. With `until`, reads until the service has sent that.</summary>
    public static async Task<StuckClient> Open(Uri service, string request, string until = "")
    {
        var stuck = new StuckClient();
        await stuck._client.ConnectAsync(service.Host, service.Port);
        var stream = stuck._client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Replace("\n", "\r\n", StringComparison.Ordinal)));
        var read = "";
        var buffer = new byte[1];
        while (!read.Contains(until, StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(buffer);
            read += (char)buffer[0];
        }
        return stuck;
    }

    /// <summary>Reads what the service has sent until its end of the connection was closed or reset.</summary>
    public async Task<string> ReadToEnd()
    {
        using var received = new MemoryStream();
        try
        {
            await _client.GetStream().CopyToAsync(received);
        }
        catch (IOException)
        {
            // The connection was reset.
        }
        return Encoding.Latin1.GetString(received.ToArray());
    }

    public void Dispose() => _client.Dispose();
}
