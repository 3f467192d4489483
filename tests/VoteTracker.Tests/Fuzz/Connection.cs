using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Fuzz;

/// <summary>
/// A connection that stays open between requests, and is opened again after the server has closed it. It sends raw bytes,
/// which no HTTP client does.
/// </summary>
internal sealed class Connection(IPEndPoint server) : IDisposable
{
    private const int Pieces = 4;

    /// <summary>After this time the server hangs, also on a machine that is busy with other work.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A stream that has nothing new for its listener has no event; then the connection is closed after this time.</summary>
    private static readonly TimeSpan LongestWithoutEvent = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private Socket? _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Sends a request and receives its response, of a stream the first event; null if there is none.</summary>
    public async Task<FuzzResponse?> Exchange(FuzzRequest request, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Longest);
        var isNew = _socket is null;
        var response = await Try(request, bytes, limit.Token);
        // The server may close an idle connection at any time; then the request was not read.
        return response is null && !isNew && request.Delivery != Delivery.Malformed
            ? await Try(request, bytes, limit.Token)
            : response;
    }

    public void Dispose() => Close();

    private async Task<FuzzResponse?> Try(FuzzRequest request, byte[] bytes, CancellationToken stop)
    {
        try
        {
            if (_socket is null)
            {
                _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await _socket.ConnectAsync(server, stop);
            }
            await Send(_socket, request, bytes, stop);
            var response = await Receive(request, stop);
            if (request.Delivery is Delivery.Truncated or Delivery.Malformed || !IsKept(response))
            {
                Close();
            }
            return response;
        }
        catch (Exception exception)
            when (exception is SocketException or EndOfStreamException or OperationCanceledException)
        {
            Close();
            return null;
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
        _start = _end = 0;
    }

    private static bool IsKept(FuzzResponse response) =>
        !response.IsCut
        && response.MediaType != "text/event-stream"
        && response.Header("Connection")?.Contains("close", StringComparison.OrdinalIgnoreCase) != true;

    private static async Task Send(Socket socket, FuzzRequest request, byte[] bytes, CancellationToken stop)
    {
        var piece = request.Delivery == Delivery.Slow ? bytes.Length / Pieces + 1 : bytes.Length;
        try
        {
            for (var at = 0; at < bytes.Length; at += piece)
            {
                if (at > 0)
                {
                    await Task.Delay(Pause, stop);
                }
                var part = bytes.AsMemory(at, Math.Min(piece, bytes.Length - at));
                while (part.Length > 0)
                {
                    part = part[await socket.SendAsync(part, stop)..];
                }
            }
            if (request.Delivery is Delivery.Truncated or Delivery.Malformed)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // The server has rejected the request before its end. The response can still be read.
        }
    }

    private async Task<FuzzResponse> Receive(FuzzRequest request, CancellationToken stop)
    {
        while (true)
        {
            var lines = (await ReadHead(stop)).Split("\r\n");
            var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
            if (status < 200)
            {
                continue;
            }
            var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).Select(l => (l[0], l.Length > 1 ? l[1] : ""));
            var response = new FuzzResponse(status, [.. headers], []);
            if (request.Method == "HEAD" || status is 204 or 304)
            {
                return response;
            }
            using var body = new MemoryStream();
            var isWhole =
                response.MediaType == "text/event-stream"
                    ? await ReadEvent(body, stop)
                    : await ReadBody(response, body, stop);
            return response with { Body = body.ToArray(), IsCut = !isWhole };
        }
    }

    private async Task<bool> ReadBody(FuzzResponse response, MemoryStream body, CancellationToken stop)
    {
        try
        {
            if (response.Header("Content-Length") is { } length)
            {
                await Take(int.Parse(length, CultureInfo.InvariantCulture), body, stop);
                return true;
            }
            if (response.Header("Transfer-Encoding") != "chunked")
            {
                while (true)
                {
                    await Fill(stop);
                    await Take(_end - _start, body, stop);
                }
            }
            while (await ReadChunk(body, stop)) { }
            return true;
        }
        catch (Exception exception) when (exception is EndOfStreamException or SocketException)
        {
            return response.Header("Content-Length") is null && response.Header("Transfer-Encoding") is null;
        }
    }

    private async Task<bool> ReadEvent(MemoryStream body, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(LongestWithoutEvent);
        try
        {
            while (!IsEvent(body) && await ReadChunk(body, limit.Token)) { }
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<bool> ReadChunk(MemoryStream body, CancellationToken stop)
    {
        var length = int.Parse(await ReadTo("\r\n", stop), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        await Take(length, body, stop);
        await ReadTo("\r\n", stop);
        return length > 0;
    }

    private static bool IsEvent(MemoryStream body) =>
        body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf("data:"u8) >= 0
        && body.GetBuffer().AsSpan(0, (int)body.Length).EndsWith("\n\n"u8);

    private Task<string> ReadHead(CancellationToken stop) => ReadTo("\r\n\r\n", stop);

    private async Task<string> ReadTo(string end, CancellationToken stop)
    {
        var bytes = Encoding.ASCII.GetBytes(end);
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf(bytes);
            if (found >= 0)
            {
                var text = Encoding.Latin1.GetString(_buffer, _start, found);
                _start += found + bytes.Length;
                return text;
            }
            await Fill(stop);
        }
    }

    private async Task Take(int length, MemoryStream body, CancellationToken stop)
    {
        while (length > 0)
        {
            if (_start == _end)
            {
                await Fill(stop);
            }
            var part = Math.Min(length, _end - _start);
            body.Write(_buffer, _start, part);
            _start += part;
            length -= part;
        }
    }

    private async Task Fill(CancellationToken stop)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var kept = _buffer.AsSpan(_start, _end - _start);
            var larger = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
            kept.CopyTo(larger);
            (_start, _end, _buffer) = (0, kept.Length, larger);
        }
        var read = await _socket!.ReceiveAsync(_buffer.AsMemory(_end), stop);
        _end += read > 0 ? read : throw new EndOfStreamException();
    }
}
