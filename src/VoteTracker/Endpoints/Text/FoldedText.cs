using System.Globalization;
using System.Text;

namespace VoteTracker.Endpoints.Text;

/// <summary>
/// A text as a search compares it: words of letters and digits, without case and accents, with one blank before and after
/// each word. The tables are here because the program runs without ICU, which would decompose characters.
/// </summary>
internal static class FoldedText
{
    // The base letters of U+00C0 to U+017F and of U+1E00 to U+1EFF (Unicode, canonical decompositions, in lower case).
    private const string Latin =
        "aaaaaaæceeeeiiiiðnooooo×ouuuuyþßaaaaaaæceeeeiiiiðnooooo÷ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggggggg"
        + "hhhhiiiiiiiiiiĳĳjjkkĸllllllŀŀllnnnnnnŉŋŋooooooœœrrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſ";

    private const string MoreLatin =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssss"
        + "ttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyẚſẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooo"
        + "oooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ";

    private const string ArabicArticle = " ال";
    private const int ShortestArabicWord = 3;

    /// <summary>Folds a text: `Côte d'Ivoire` becomes ` cote d ivoire `. One blank if it has no letter and no digit.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(" ", text.Length + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (IsLeftOut(rune, category))
            {
                continue;
            }
            if (!IsPartOfWord(category))
            {
                EndWord(folded);
            }
            else if (IsWordOfItsOwn(rune))
            {
                // Chinese has no blanks between words, so each character is one.
                EndWord(folded);
                folded.Append(rune);
                EndWord(folded);
            }
            else
            {
                AppendLetter(folded, rune);
            }
        }
        EndWord(folded);
        return WithoutArabicArticle(folded).ToString();
    }

    private static void EndWord(StringBuilder folded)
    {
        if (folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }

    private static bool IsPartOfWord(UnicodeCategory category) =>
        category
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.DecimalDigitNumber;

    // Accents, vowel signs, the Arabic tatweel, and marks that cannot be seen.
    private static bool IsLeftOut(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
        || rune.Value == 0x0640;

    private static bool IsWordOfItsOwn(Rune rune) =>
        rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static void AppendLetter(StringBuilder folded, Rune rune)
    {
        var value = rune.Value;
        switch (value)
        {
            case >= 0x00C0 and <= 0x017F when Latin[value - 0x00C0] is var letter:
                _ = letter switch
                {
                    'æ' => folded.Append("ae"),
                    'œ' => folded.Append("oe"),
                    'ß' => folded.Append("ss"),
                    'þ' => folded.Append("th"),
                    'ð' => folded.Append('d'),
                    _ => folded.Append(letter),
                };
                break;
            case >= 0x1E00 and <= 0x1EFF:
                folded.Append(MoreLatin[value - 0x1E00]);
                break;
            // The full width forms of ASCII.
            case >= 0xFF01 and <= 0xFF5E:
                folded.Append(char.ToLowerInvariant((char)(value - 0xFEE0)));
                break;
            default:
                folded.Append(FoldOther(Rune.ToLowerInvariant(rune)));
                break;
        }
    }

    // Cyrillic and Arabic letters whose marks are often not typed.
    private static Rune FoldOther(Rune rune) =>
        rune.Value switch
        {
            'ё' or 'ѐ' => new Rune('е'),
            'й' or 'ѝ' => new Rune('и'),
            'ї' => new Rune('і'),
            'ў' => new Rune('у'),
            'ѓ' or 'ґ' => new Rune('г'),
            'ќ' => new Rune('к'),
            'آ' or 'أ' or 'إ' or 'ٱ' => new Rune('ا'),
            'ؤ' => new Rune('و'),
            'ئ' or 'ى' or 'ی' => new Rune('ي'),
            'ة' => new Rune('ه'),
            'ک' => new Rune('ك'),
            // Arabic digits are digits.
            >= 0x0660 and <= 0x0669 => new Rune('0' + rune.Value - 0x0660),
            >= 0x06F0 and <= 0x06F9 => new Rune('0' + rune.Value - 0x06F0),
            _ => rune,
        };

    private static StringBuilder WithoutArabicArticle(StringBuilder folded)
    {
        var text = folded.ToString();
        for (
            var at = text.LastIndexOf(ArabicArticle, StringComparison.Ordinal);
            at >= 0;
            at = at == 0 ? -1 : text.LastIndexOf(ArabicArticle, at - 1, StringComparison.Ordinal)
        )
        {
            var end = text.IndexOf(' ', at + 1);
            if (end - at - ArabicArticle.Length >= ShortestArabicWord)
            {
                folded.Remove(at + 1, ArabicArticle.Length - 1);
            }
        }
        return folded;
    }
}
