using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Fuzz;

/// <summary>How a request goes over the connection.</summary>
internal enum Delivery
{
    /// <summary>As HTTP requires.</summary>
    Correct,

    /// <summary>In several pieces with a pause before each.</summary>
    Slow,

    /// <summary>The client sends a part of the body, and no more after it.</summary>
    Truncated,

    /// <summary>Its head or its chunks are not HTTP: the server may reject it before routing.</summary>
    Malformed,
}

/// <summary>
/// One request of the fuzzer. Its text is one of bytes, as in <see cref="Texts"/>; names between braces are replaced
/// when it is sent.
/// </summary>
internal sealed partial record FuzzRequest(ulong Seed, long Number, Operation Target)
{
    private const int MostShown = 3_000;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Kestrel's limit of a request line is 8 KiB, with the method and the version.
    private const int LongestLine = 8_150;

    public required string Role { get; init; }

    public required string Method { get; init; }

    /// <summary>The path and the query.</summary>
    public required string Address { get; init; }

    /// <summary>Everything after the request line and before the body, without the key.</summary>
    public required string Headers { get; init; }

    public string Body { get; init; } = "";

    public Delivery Delivery { get; init; }

    public string Path => Address.Split('?')[0];

    /// <summary>Whether the server may reject it before routing, or close the connection.</summary>
    public bool MayBeRefusedAtOnce =>
        Delivery is Delivery.Malformed or Delivery.Truncated
        || Method.Length + Address.Length > LongestLine
        // A head consists of ASCII; NUL is never part of a path.
        || Address.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0
        || Headers.AsSpan().IndexOfAnyInRange('\u0080', '\u00FF') >= 0
        || Path.Contains("%00", StringComparison.Ordinal);

    /// <summary>The bytes to send, with a key if the role has one.</summary>
    public byte[] Bytes(string? key, Func<string, string> replace)
    {
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        var head = Placeholder()
            .Replace($"{Method} {Address} HTTP/1.1\r\n{Headers}", m => replace(m.Groups["name"].Value));
        var body = Placeholder().Replace(Body, m => replace(m.Groups["name"].Value));
        return Encoding.Latin1.GetBytes($"{head}{authorization}\r\n{body}");
    }

    /// <summary>The request as it can be replayed by hand: with `printf`, and a key of this role.</summary>
    public string Show(Func<string, string> replace)
    {
        var bytes = Encoding.Latin1.GetString(Bytes(key: null, replace));
        var shown = new StringBuilder();
        foreach (var c in bytes.Take(MostShown))
        {
            _ = c switch
            {
                '\n' => shown.Append("\\n\n"),
                '\r' => shown.Append("\\r"),
                '\\' or '%' or '"' => shown.Append(c is '%' ? "%%" : "\\" + c),
                >= ' ' and <= '~' => shown.Append(c),
                _ => shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
            };
        }
        var rest = bytes.Length > MostShown ? $"… ({bytes.Length} bytes)" : "";
        return $"seed {Seed}, request {Number}, role {Role}, delivery {Delivery}:\n{shown}{rest}";
    }

    [GeneratedRegex(
        @"\{(?<name>(contact|key|import|stances|link|shared|webhook|calendar|calendar-secret)-\d+|cursor|after|tag)\}",
        Options,
        1_000
    )]
    private static partial Regex Placeholder();
}
