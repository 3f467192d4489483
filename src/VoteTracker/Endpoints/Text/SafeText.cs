using System.Globalization;
using System.Text;

namespace VoteTracker.Endpoints.Text;

/// <summary>Text from a caller as messages show it: short, on one line, with every character visible.</summary>
internal static class SafeText
{
    private const int MaxCharacters = 40;

    /// <summary>The text as <see cref="Show"/> returns it, in single quotes.</summary>
    /// <remarks>Keys and the data of contacts must not be shown at all.</remarks>
    public static string Quote(string text) => $"'{Show(text)}'";

    /// <summary>
    /// The text, cut after 40 characters. Characters that cannot be seen, that change the direction of writing or that
    /// begin a tag are written as `\u200B`; only the plain blank stays.
    /// </summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MaxCharacters)
            {
                shown.Append('…');
                break;
            }
            if (IsPlain(rune))
            {
                shown.Append(rune);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
        }
        return shown.ToString();
    }

    private static bool IsPlain(Rune rune) =>
        rune.Value is ' '
        || rune.Value is not ('<' or '>')
            && Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.Surrogate
                );
}
