using System.Buffers;
using System.Text;

namespace VoteTracker.Endpoints.Text;

/// <summary>Removes invisible characters at both ends of a text, which copying can add.</summary>
internal static class VisibleText
{
    /// <summary>
    /// The text without Unicode white space, no-break and zero-width characters, and byte order marks at both ends. The
    /// same instance if there are none. Characters inside the text stay.
    /// </summary>
    public static string Trim(string text)
    {
        // This covers nearly every text without decoding.
        if (text.Length == 0 || IsPlain(text[0]) && IsPlain(text[^1]))
        {
            return text;
        }
        var rest = text.AsSpan();
        while (Rune.DecodeFromUtf16(rest, out var first, out var length) == OperationStatus.Done && IsBlank(first))
        {
            rest = rest[length..];
        }
        while (Rune.DecodeLastFromUtf16(rest, out var last, out var length) == OperationStatus.Done && IsBlank(last))
        {
            rest = rest[..^length];
        }
        return rest.Length == text.Length ? text : rest.ToString();
    }

    private static bool IsPlain(char c) => c is > ' ' and < '\u007F';

    /// <summary>Whether the character is invisible: white space, or of no width.</summary>
    internal static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        // Soft hyphens, zero-width characters, marks of direction, invisible operators and the byte order mark.
        || rune.Value
            is 0x00AD
                or 0x180E
                or (>= 0x200B and <= 0x200F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2060 and <= 0x206F)
                or 0xFEFF;
}
