using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace VoteTracker.Tests.Fuzz;

/// <summary>Puts a body behind its head: with its length, in chunks, encoded, cut, or against the rules of HTTP.</summary>
internal static class Framing
{
    private static readonly string[] Types =
    [
        "application/json; charset=utf-8",
        "application/json; charset=utf-16",
        "application/json; charset=none",
        "application/problem+json",
        "text/csv",
        "text/csv; header=present",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/gzip",
        "json",
        "",
        "/",
        "application/json, text/csv",
    ];

    private static readonly string[] Encodings =
    [
        "br",
        "zstd",
        "deflate",
        "identity",
        "gzip, gzip",
        "x-gzip",
        "",
        "none",
    ];

    private static readonly string[] BadChunks =
    [
        "ffffffffffffffff\r\n",
        "-1\r\n\r\n",
        "g\r\n",
        "5\r\nab\r\n0\r\n\r\n",
        "\r\n",
        "1;x=y\r\nabc\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "00000000000000000000001\r\na\r\n0\r\n\r\n",
    ];

    private static readonly string LongText = new('x', 40_000);

    // A line or a field that no HTTP server accepts. The rest of the head follows it.
    private static readonly string[] BadFields =
    [
        "No colon",
        ": no name",
        "Bad Name: x",
        "X: a\u0000b",
        "Content-Length: -1",
        "Content-Length: 1, 2",
        "Content-Length: abc",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: identity",
        "Host: second.test",
        "X-Long: " + LongText,
        " folded",
    ];

    public static FuzzRequest Frame(Draw draw, FuzzRequest request, string mediaType, bool isValid)
    {
        var type = isValid || draw.Percent(85) ? mediaType : draw.Pick(Types);
        var headers = request.Headers + $"Content-Type: {type}\r\n";
        var body = request.Body;
        if (draw.OneIn(isValid ? 40 : 15))
        {
            var isGzip = draw.OneIn(2);
            headers += $"Content-Encoding: {(isGzip ? "gzip" : draw.Pick(Encodings))}\r\n";
            body = isGzip && !draw.OneIn(4) ? Packed(body) : body;
        }
        var framed = request with { Headers = headers, Body = body };
        return draw.Below(isValid ? 20 : 60) switch
        {
            0 or 1 => Chunked(framed),
            2 => Chunked(framed) with { Delivery = Delivery.Slow },
            3 => WithLength(framed) with { Delivery = Delivery.Slow },
            _ when isValid => WithLength(framed),
            4 => WithLength(framed, body.Length + draw.Between(1, 500)) with { Delivery = Delivery.Truncated },
            5 => Malformed(framed, "Transfer-Encoding: chunked\r\n", draw.Pick(BadChunks)),
            6 => Malformed(framed, "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
            7 => WithLength(framed with { Headers = framed.Headers + "Expect: 100-continue\r\n" }),
            // Without a length there is no body; what follows would be the next request.
            8 => framed with { Body = "" },
            9 => Chunked(framed, end: draw.Pick((string[])["", "5\r\nab", "0\r\n"])) with
            {
                Delivery = Delivery.Truncated,
            },
            _ => WithLength(framed),
        };
    }

    /// <summary>A request whose head is not HTTP.</summary>
    public static FuzzRequest BreakHead(Draw draw, FuzzRequest request)
    {
        var broken = request with { Delivery = Delivery.Malformed, Body = "" };
        return draw.Below(5) switch
        {
            0 => broken with { Method = draw.Pick((string[])["", "G T", "G\u0000T", "{}", "get\u00FF"]) },
            1 => broken with { Address = draw.Pick((string[])["", "x", "/a b", "/\u0000", "http://[", "/%", "*"]) },
            2 => broken with { Address = "/v1/resolutions?x=" + new string('a', 20_000) },
            _ => broken with { Headers = draw.Pick(BadFields) + "\r\n" + request.Headers },
        };
    }

    private static FuzzRequest WithLength(FuzzRequest request) => WithLength(request, request.Body.Length);

    private static FuzzRequest WithLength(FuzzRequest request, int length) =>
        request with
        {
            Headers = request.Headers + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n"),
        };

    private static FuzzRequest Chunked(FuzzRequest request, string end = "0\r\n\r\n")
    {
        var half = request.Body.Length / 2;
        return request with
        {
            Headers = request.Headers + "Transfer-Encoding: chunked\r\n",
            Body = Chunk(request.Body[..half]) + Chunk(request.Body[half..]) + end,
        };
    }

    private static FuzzRequest Malformed(FuzzRequest request, string fields, string body) =>
        request with
        {
            Headers = request.Headers + fields,
            Body = body,
            Delivery = Delivery.Malformed,
        };

    private static string Chunk(string part) =>
        part.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{part.Length:x}\r\n{part}\r\n");

    private static string Packed(string body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.Latin1.GetBytes(body));
        }
        return Encoding.Latin1.GetString(packed.ToArray());
    }
}
