using System.Buffers;
using System.Globalization;
using System.Text;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// Text in a sheet's XML. A character that XML does not allow is written as _xHHHH_ (ECMA-376, 22.9.2.19), and so is an
/// underscore that would begin such an escape.
/// </summary>
internal static class XlsxText
{
    private static readonly SearchValues<char> Special = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(c => (char)c),
        '<',
        '>',
        '&',
        '_',
        '\uFFFE',
        '\uFFFF',
    ]);

    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            return text;
        }
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '_' when IsEscape(text.AsSpan(i)) => escaped.Append("_x005F_"),
                '\t' or '\n' => escaped.Append(text[i]),
                < ' ' or '\uFFFE' or '\uFFFF' => escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_"),
                _ => escaped.Append(text[i]),
            };
        }
        return escaped.ToString();
    }

    private static bool IsEscape(ReadOnlySpan<char> text)
    {
        if (text.Length < 7 || text[1] != 'x' || text[6] != '_')
        {
            return false;
        }
        foreach (var c in text[2..6])
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }
        return true;
    }
}
