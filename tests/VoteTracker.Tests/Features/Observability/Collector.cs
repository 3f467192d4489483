using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>A collector for OTLP over HTTP. It keeps the bodies, or never responds.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<(string Path, string Body)> _received = [];
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly bool _responds;
    private readonly Task _accepting;

    public Collector(bool responds = true)
    {
        _responds = responds;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>The address for the setting `OtlpEndpoint`.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many requests have begun.</summary>
    public int Begun { get; private set; }

    /// <summary>What was posted to a path. Each byte is a character, so that texts can be found.</summary>
    public string Received(string path) =>
        string.Concat(_received.Where(received => received.Path == path).Select(received => received.Body));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (var client in _clients)
        {
            client.Dispose();
        }
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _clients.Add(client);
                _ = Serve(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test ends.
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            while (await ReadHead(stream) is { } head)
            {
                Begun++;
                if (!_responds)
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }
                var length = int.Parse(
                    head.Split('\n')
                        .Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                        .Split(':')[1],
                    System.Globalization.CultureInfo.InvariantCulture
                );
                var body = new byte[length];
                await stream.ReadExactlyAsync(body);
                _received.Add((head.Split(' ')[1], Encoding.Latin1.GetString(body)));
                await stream.WriteAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"u8.ToArray()
                );
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The service closed the connection, or the test ends.
        }
    }

    private static async Task<string?> ReadHead(NetworkStream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(next) == 0)
            {
                return null;
            }
            head.Append((char)next[0]);
        }
        return head.ToString();
    }
}
