using System.Text;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Fuzz;

/// <summary>Breaks a JSON body in one of the ways in which clients break it.</summary>
internal static partial class BrokenJson
{
    private static readonly string[] OtherValues =
    [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        "-0",
        "99999999999999999999999999",
        "2147483648",
        "\"\"",
        "\"yes\"",
        "[]",
        "{}",
        "[null]",
        "{\"a\":{}}",
        "NaN",
        "undefined",
        "'yes'",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"\\x\"",
        "01",
        "+1",
        "\"2026-02-30\"",
    ];

    private static readonly string[] WholeBodies =
    [
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{}",
        "{",
        "}",
        "[{}]",
        "{\"\":1}",
        "{} {}",
        "// comment\n{}",
        "<xml/>",
        "a=b&c=d",
        "\u0000",
        "\u00EF\u00BB\u00BF{}",
        "\u00FF\u00FE{\u0000}\u0000",
        "{\"__proto__\":{},\"constructor\":1}",
    ];

    public static string From(Draw draw, string body)
    {
        switch (draw.Below(14))
        {
            case 0:
                return body[..draw.Below(body.Length + 1)];
            case 1:
                return draw.Pick(WholeBodies);
            case 2 or 3 or 4:
                return ReplaceValue(draw, body, draw.Pick(OtherValues));
            case 5:
                return ReplaceValue(draw, body, Texts.Quoted(draw, Texts.Strange(draw)));
            case 6:
                return Append(body, $"\"unknown{draw.Below(3)}\":{draw.Pick(OtherValues)}");
            case 7:
                return Append(body, Twice(draw, body));
            case 8:
                return Deep(draw);
            case 9:
                return body + draw.Pick((string[])[",", "}", "\u0000", " ", "\n", "x", "{}"]);
            case 10:
                return draw.Pick((string[])["\u00EF\u00BB\u00BF", "\u00FE\u00FF", " \n\t", "\u00A0"]) + body;
            case 11:
                return body.Replace('"', draw.Pick((char[])['\'', '`', ' ']));
            case 12:
                return Flip(draw, body);
            default:
                return Names().Replace(body, name => draw.OneIn(2) ? name.Value.ToUpperInvariant() : name.Value);
        }
    }

    /// <summary>A body of this length.</summary>
    public static string Padded(string body, int length) => body.PadRight(length);

    private static string Append(string body, string field)
    {
        var end = body.LastIndexOf('}');
        return end < 1 ? body : body[..end] + (body[end - 1] == '{' ? "" : ",") + field + body[end..];
    }

    private static string Twice(Draw draw, string body) =>
        Names().Matches(body) is { Count: > 0 } names
            ? $"{names[draw.Below(names.Count)].Value}{draw.Pick(OtherValues)}"
            : "\"a\":1,\"a\":2";

    // Objects and arrays are nested deeper than readers allow by default, and much deeper.
    private static string Deep(Draw draw)
    {
        var depth = draw.Pick((int[])[63, 64, 65, 500, 20_000]);
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            text.Append(i % 2 == 0 ? "{\"changes\":" : "[");
        }
        return draw.OneIn(2) ? text.ToString() : text.Append('1').Append('}', depth).ToString();
    }

    private static string ReplaceValue(Draw draw, string body, string value)
    {
        var names = Names().Matches(body);
        if (names.Count == 0)
        {
            return value;
        }
        var start = names[draw.Below(names.Count)] is var name ? name.Index + name.Length : 0;
        var end = start;
        for (var isQuoted = false; end < body.Length && (isQuoted || body[end] is not (',' or '}' or ']')); end++)
        {
            isQuoted ^= body[end] == '"' && (end == 0 || body[end - 1] != '\\');
        }
        return body[..start] + value + body[end..];
    }

    private static string Flip(Draw draw, string body)
    {
        if (body.Length == 0)
        {
            return body;
        }
        var at = draw.Below(body.Length);
        return body[..at] + (char)draw.Below(256) + body[(at + 1)..];
    }

    [GeneratedRegex("\"\\w+\":", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Names();
}
