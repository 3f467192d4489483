using System.Buffers;
using System.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// Finds text whose UTF-8 was read as Windows-1252 or Latin-1 and written again: `coût` becomes `coÃ»t`. Such text is
/// valid, and only its pattern shows the damage.
/// </summary>
internal static class DamagedText
{
    // The characters that Windows-1252 has at 0x80 to 0x9F; 0 where it has none.
    private const string Windows = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    private static readonly SearchValues<char> Punctuation = SearchValues.Create("«»‘’‚“”„‹›…–—•\u00A0");

    /// <summary>The first damaged piece of the text; null if there is none.</summary>
    public static string? Find(string text)
    {
        if (Ascii.IsValid(text))
        {
            return null;
        }
        for (var i = 0; i < text.Length; i++)
        {
            // What could not be decoded at all, and characters that no keyboard writes.
            if (text[i] == '\uFFFD' || text[i] is >= '\u0080' and <= '\u009F' and not '\u0085')
            {
                return Around(text, i, 1);
            }
            var length = Sequence(text, i);
            if (length > 0 && IsDamage(text, i, length))
            {
                return Around(text, i, length);
            }
        }
        return null;
    }

    // A letter with an accent before a quotation mark or an ellipsis looks like the bytes of one character, too. So one is
    // enough only if something else than punctuation follows the letter, or a word goes on after it.
    private static bool IsDamage(string text, int start, int length)
    {
        if (Sequence(text, start + length) > 0)
        {
            return true;
        }
        var rest = text.AsSpan(start + 1, length - 1);
        var isSymbol = rest.ContainsAnyExcept(Punctuation);
        if (length > 2)
        {
            return isSymbol;
        }
        var isInWord = start + length < text.Length && char.IsLetter(text[start + length]);
        return text[start] switch
        {
            'Â' or 'Ã' or 'Ä' or 'Å' => isSymbol || isInWord,
            // The letters ș and ț of Romanian.
            'È' => rest[0] is '˜' or '™' or 'š' or '›',
            _ => false,
        };
    }

    // The length of the characters at this place that were the bytes of one character; 0 if they cannot be.
    private static int Sequence(string text, int start)
    {
        if (start >= text.Length)
        {
            return 0;
        }
        var length = ByteOf(text[start]) switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        if (length == 0 || start + length > text.Length)
        {
            return 0;
        }
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = ByteOf(text[start + i]);
        }
        return Rune.DecodeFromUtf8(bytes[..length], out _, out var read) == OperationStatus.Done && read == length
            ? length
            : 0;
    }

    private static byte ByteOf(char character)
    {
        if (character <= 0xFF)
        {
            return (byte)character;
        }
        var at = Windows.IndexOf(character, StringComparison.Ordinal);
        return at < 0 ? (byte)0 : (byte)(0x80 + at);
    }

    private static string Around(string text, int start, int length)
    {
        const int before = 12;
        var from = Math.Max(0, start - before);
        return text[from..Math.Min(text.Length, start + length + before)];
    }
}
