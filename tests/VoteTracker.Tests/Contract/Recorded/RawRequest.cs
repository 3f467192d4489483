using System.Globalization;
using System.Text;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>A request as its bytes go over the connection.</summary>
internal sealed record RawRequest(string Role, string Method, string Path)
{
    private const int MostShown = 160;

    /// <summary>The headers except `Host`, `Authorization`, `Content-Length` and `Connection`.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    /// <summary>Whether the body is sent in two chunks, without its length.</summary>
    public bool IsChunked { get; init; }

    /// <summary>A length that is declared while nothing of the body is sent.</summary>
    public long? DeclaredLength { get; init; }

    /// <summary>How many blocks of a stream are read before the client closes the connection.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>The whole request as it is sent, where it is not one of HTTP's usual ones.</summary>
    public string? Whole { get; init; }

    /// <summary>What is special about it.</summary>
    public string? Note { get; init; }

    /// <summary>The request as the recording shows it.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder($"{Role} {Method} {Path}");
            text.Append(Note is null ? "" : $" ({Note})").Append('\n');
            foreach (var header in Headers)
            {
                text.Append("> ").Append(Shown(header)).Append('\n');
            }
            if (IsChunked)
            {
                text.Append("> Transfer-Encoding: chunked\n");
            }
            if (DeclaredLength is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"> Content-Length: {DeclaredLength}\n");
            }
            if (Body is { Length: > 0 })
            {
                text.Append("> ").Append(Shown(Encoding.Latin1.GetString(Body))).Append('\n');
            }
            return text.ToString();
        }
    }

    public static RawRequest Json(string role, string method, string path, string json, params string[] headers) =>
        new(role, method, path)
        {
            Headers = [.. headers, "Content-Type: application/json"],
            Body = Encoding.UTF8.GetBytes(json),
        };

    public static RawRequest Csv(string role, string method, string path, string csv, params string[] headers) =>
        new(role, method, path)
        {
            Headers = [.. headers, "Content-Type: text/csv"],
            Body = Encoding.UTF8.GetBytes(csv),
        };

    public byte[] Bytes(string? key)
    {
        if (Whole is not null)
        {
            return Encoding.Latin1.GetBytes(Whole);
        }
        var head = new StringBuilder($"{Method} {Path} HTTP/1.1\r\nHost: votetracker.test\r\n");
        if (key is not null)
        {
            head.Append("Authorization: Bearer ").Append(key).Append("\r\n");
        }
        foreach (var header in Headers)
        {
            head.Append(header).Append("\r\n");
        }
        if (IsChunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if ((DeclaredLength ?? Body?.Length) is { } length)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }
        head.Append("Connection: close\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. IsChunked ? Chunks(Body ?? []) : Body ?? []];
    }

    private static byte[] Chunks(byte[] body)
    {
        byte[] end = "0\r\n\r\n"u8.ToArray();
        var half = body.Length / 2;
        return [.. Chunk(body[..half]), .. Chunk(body[half..]), .. end];
    }

    private static byte[] Chunk(byte[] part)
    {
        byte[] head = Encoding.ASCII.GetBytes(part.Length.ToString("x", CultureInfo.InvariantCulture));
        byte[] line = "\r\n"u8.ToArray();
        return part.Length == 0 ? [] : [.. head, .. line, .. part, .. line];
    }

    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.Take(MostShown))
        {
            var isPlain = c is >= ' ' and <= '~';
            shown.Append(isPlain ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"));
        }
        return text.Length > MostShown
            ? string.Create(CultureInfo.InvariantCulture, $"{shown}… ({text.Length} bytes)")
            : shown.ToString();
    }
}
