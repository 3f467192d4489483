using System.Globalization;
using System.Text;
using VoteTracker.Localization;

namespace VoteTracker.Web.Pictures;

/// <summary>Text in a picture: cleaned, shortened, and measured without a font.</summary>
internal static class PictureText
{
    /// <summary>A coordinate.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>
    /// A text of a user without characters that XML does not allow, without controls and bidirectional controls, in one line.
    /// A longer text ends with an ellipsis.
    /// </summary>
    public static string Clean(string text, int length)
    {
        var clean = new StringBuilder(Math.Min(text.Length, length + 2));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= length)
            {
                return clean.ToString().TrimEnd() + "…";
            }
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (IsVisible(rune))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString().TrimEnd();
    }

    /// <summary>Cleans a text and isolates its direction from the text around it.</summary>
    public static string Isolate(string text, int length) => $"\u2068{Clean(text, length)}\u2069";

    /// <summary>The width of a text: an estimate that is rather too large.</summary>
    public static double Width(string text, double size)
    {
        var width = 0d;
        foreach (var rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }
        return width * size;
    }

    /// <summary>The beginning of a text that fits into a width.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }
        var fitting = new StringBuilder();
        var left = width - size;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= WidthOf(rune) * size;
            if (left < 0)
            {
                break;
            }
            fitting.Append(rune.ToString());
        }
        // An isolate that was cut ends here.
        var open = fitting.ToString().Count(c => c == '\u2068') - fitting.ToString().Count(c => c == '\u2069');
        return fitting.ToString().TrimEnd(' ', ',', '،', '，') + "…" + new string('\u2069', Math.Max(0, open));
    }

    /// <summary>The lines of a text, broken at spaces, or anywhere in Chinese; the last one is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, int lines)
    {
        var result = new List<string>();
        var rest = text.Trim();
        while (rest.Length > 0 && result.Count < lines - 1 && Width(rest, size) > width)
        {
            var end = BreakOf(rest, size, width);
            result.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }
        if (rest.Length > 0)
        {
            result.Add(Fit(rest, size, width));
        }
        return result;
    }

    /// <summary>A list in one line.</summary>
    public static string Join(Language language, IEnumerable<string> items) =>
        string.Join(language.Text("picture.separator"), items);

    private static int BreakOf(string text, double size, double width)
    {
        var (used, best, i) = (0d, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += WidthOf(rune) * size;
            if (used > width)
            {
                return best > 0 ? best : Math.Max(i, rune.Utf16SequenceLength);
            }
            i += rune.Utf16SequenceLength;
            var isPunctuation = i < text.Length && char.IsPunctuation(text[i]);
            if (rune.Value == ' ' || (rune.Value is >= 0x3001 and <= 0xFFEF && !isPunctuation))
            {
                best = i;
            }
        }
        return text.Length;
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
            );

    private static double WidthOf(Rune rune) =>
        rune.Value switch
        {
            ' ' or '.' or ',' or ':' or ';' or 'i' or 'j' or 'l' or 't' or 'f' or 'r' or '\'' or '(' or ')' or 'I' =>
                0.36,
            >= '0' and <= '9' => 0.59,
            'm' or 'w' or 'M' or 'W' or '%' or '…' or '—' => 0.94,
            >= 'A' and <= 'Z' => 0.69,
            < 0x0300 => 0.58,
            < 0x0370 => 0,
            < 0x0530 => 0.66,
            < 0x0600 => 0.6,
            < 0x0700 => 0.58,
            0x2066 or 0x2067 or 0x2068 or 0x2069 or 0x200E or 0x200F => 0,
            < 0x2E80 => 0.62,
            _ => 1.02,
        };
}
