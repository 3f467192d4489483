using System.Text;

namespace VoteTracker.Tests.Fuzz;

/// <summary>
/// Texts that programs handle wrongly. In the fuzzer a text is a string of bytes, each of them one character from U+0000
/// to U+00FF, so that it can contain invalid UTF-8.
/// </summary>
internal static class Texts
{
    private static readonly string[] Plain =
    [
        "Instructions are awaited.",
        "x",
        "a b",
        "O'Neill & S\u00F6hne",
        "=1+1",
        "@SUM(A1)",
        "-",
        "0",
        "null",
        "true",
        "NaN",
        "-1",
        "1e400",
        "00000000-0000-0000-0000-000000000000",
        "'; DROP TABLE stance; --",
        "%",
        "\"",
        "\\",
        "<script>",
        "{}",
        "${x}",
        "../../etc",
        "a,b;c\td",
        "line\r\nline",
    ];

    private static readonly string[] Unicode =
    [
        "\u00E9",
        "e\u0301",
        "\u4E2D\u6587\u5B57\u7B26",
        "\u0627\u0644\u0639\u0631\u0628\u064A\u0629",
        "\U0001F600\U0001F469\u200D\U0001F469",
        "\u202Eabc\u202C",
        "\u2066a\u2069",
        "\u200B",
        "\u200D\u200E\u2060",
        "\uFEFF",
        "\uFFFD",
        "\uFFFE\uFFFF",
        "\u2028\u2029",
        "\u00A0",
        "\uFB00",
        "\u0131\u0130",
        "\u0085",
        "a\u0000b",
        "\u0000",
        "\u0001\u001F\u007F",
        "\uE000",
        "Z\u0337\u0321\u0354a\u0336\u0317",
    ];

    // Not UTF-8: a surrogate by itself, an overlong form, a cut sequence, a byte that never occurs.
    private static readonly string[] NotUtf8 =
    [
        "\u00ED\u00A0\u0080",
        "\u00ED\u00BF\u00BF",
        "\u00C0\u0080",
        "\u00E2\u0082",
        "\u00FF",
        "\u00F5\u0080\u0080\u0080",
        "\u0080",
    ];

    private static readonly int[] Lengths = [100, 101, 200, 201, 254, 255, 1_000, 1_001, 4_000, 4_001, 9_000];

    /// <summary>The bytes of a text in UTF-8.</summary>
    public static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>A text that a user could write.</summary>
    public static string Ordinary(Draw draw) => Utf8(draw.Pick(draw.Percent(80) ? Plain : Unicode));

    /// <summary>A text that no user should write.</summary>
    public static string Strange(Draw draw) =>
        draw.Below(8) switch
        {
            0 => "",
            1 => Utf8(draw.Pick(Plain)),
            2 or 3 or 4 => Utf8(draw.Pick(Unicode)),
            5 => draw.Pick(NotUtf8),
            6 => Utf8(
                string.Concat(Enumerable.Repeat(draw.Pick((string[])["a", "\u00E9", "\U0001F600"]), draw.Pick(Lengths)))
            ),
            _ => Utf8(draw.Pick(Plain)) + draw.Pick(NotUtf8) + Utf8(draw.Pick(Unicode)),
        };

    /// <summary>A text in an address: everything but letters, digits, dots and hyphens is encoded.</summary>
    public static string Encoded(string text)
    {
        var encoded = new StringBuilder();
        foreach (var c in text)
        {
            var isPlain = char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or ':';
            _ = isPlain ? encoded.Append(c) : encoded.Append('%').Append(((int)c).ToString("X2", null));
        }
        return encoded.ToString();
    }

    /// <summary>A text between quotation marks, as JSON writes it; now and then with escapes that are not needed.</summary>
    public static string Quoted(Draw draw, string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' => quoted.Append("\\u").Append(((int)c).ToString("x4", null)),
                _ => quoted.Append(c),
            };
        }
        // A surrogate by itself can be written in JSON, and nowhere else.
        return quoted.Append(draw.OneIn(200) ? "\\ud800" : "").Append('"').ToString();
    }
}
