using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>The bytes of a response, with its chunks joined.</summary>
internal sealed record RawResponse(int Status, string Head, byte[] Body)
{
    private const int MostTried = 65_536;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public string BodyText => Encoding.UTF8.GetString(Body);

    public string? Header(string name) =>
        Head.Split("\r\n")
            .FirstOrDefault(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
            ?[(name.Length + 2)..];

    /// <summary>Sends a request over a new connection and reads the whole response, or the first blocks of a stream.</summary>
    public static async Task<RawResponse> Receive(IPEndPoint server, RawRequest request, string? key)
    {
        using var limit = new CancellationTokenSource(Longest);
        using var client = new TcpClient();
        await client.ConnectAsync(server, limit.Token);
        await using var stream = client.GetStream();
        await Send(stream, request.Bytes(key), limit.Token);
        using var received = new MemoryStream();
        var buffer = new byte[MostTried];
        while (true)
        {
            var read = await Receive(stream, buffer, limit.Token);
            received.Write(buffer, 0, read);
            // A long response ends with its connection; parsing it after every read would be quadratic.
            if (read == 0 || received.Length < MostTried)
            {
                var found = Parse(received.ToArray(), request, isAll: read == 0);
                if (found is not null)
                {
                    return found;
                }
            }
        }
    }

    // The server may reject the request and close the connection before the end of the body.
    private static async Task Send(NetworkStream stream, byte[] bytes, CancellationToken stop)
    {
        try
        {
            await stream.WriteAsync(bytes, stop);
        }
        catch (IOException) { }
    }

    private static async Task<int> Receive(NetworkStream stream, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await stream.ReadAsync(buffer, stop);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static RawResponse? Parse(byte[] bytes, RawRequest request, bool isAll)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = end < 0 ? "" : Encoding.Latin1.GetString(bytes, 0, end);
        if (end < 0)
        {
            return isAll ? new RawResponse(0, Encoding.Latin1.GetString(bytes), []) : null;
        }
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var rest = bytes[(end + 4)..];
        if (status < 200)
        {
            var final = Parse(rest, request, isAll);
            return final is null ? null : final with { Head = $"{head}\r\n\r\n{final.Head}" };
        }
        var response = new RawResponse(status, head, rest);
        if (request.Method == "HEAD" || status is 204 or 304)
        {
            return isAll ? response : null;
        }
        if (response.Header("Transfer-Encoding") == "chunked")
        {
            var (body, isWhole) = Joined(rest);
            var isStream = response.Header("Content-Type") == "text/event-stream";
            var isEnough = isWhole || isStream && Blocks(body) >= request.Blocks;
            return isEnough || isAll ? response with { Body = isStream ? First(body, request.Blocks) : body } : null;
        }
        var length = response.Header("Content-Length");
        return isAll || length is not null && rest.Length >= int.Parse(length, CultureInfo.InvariantCulture)
            ? response
            : null;
    }

    private static (byte[] Body, bool IsWhole) Joined(byte[] chunked)
    {
        using var body = new MemoryStream();
        var at = 0;
        while (true)
        {
            var line = chunked.AsSpan(at).IndexOf("\r\n"u8);
            if (line < 0)
            {
                return (body.ToArray(), false);
            }
            var length = int.Parse(
                Encoding.ASCII.GetString(chunked, at, line),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            );
            at += line + 2;
            if (length == 0)
            {
                return (body.ToArray(), true);
            }
            var there = Math.Min(length, chunked.Length - at);
            body.Write(chunked, at, there);
            at += there + 2;
            if (at > chunked.Length)
            {
                return (body.ToArray(), false);
            }
        }
    }

    private static int Blocks(byte[] body) => Encoding.UTF8.GetString(body).Split("\n\n").Length - 1;

    private static byte[] First(byte[] body, int blocks) =>
        Encoding.UTF8.GetBytes(
            string.Concat(Encoding.UTF8.GetString(body).Split("\n\n").Take(blocks).Select(block => block + "\n\n"))
        );
}
