using System.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The dialect of a CSV file: the separator, and what comes before the header.</summary>
/// <param name="Separator">A comma, a semicolon, a tab or a bar.</param>
/// <param name="Start">The number of bytes before the header.</param>
/// <param name="LinesBefore">The number of lines before the header.</param>
internal readonly record struct CsvDialect(char Separator, int Start, int LinesBefore)
{
    private static readonly byte[] Separators = [.. ",;\t|"u8];

    /// <summary>
    /// Reads it from the first bytes of a file. A byte order mark, a `sep=` line and blank rows can come before the header.
    /// </summary>
    public static CsvDialect Detect(ReadOnlySpan<byte> head)
    {
        var start = head.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var (lines, hint) = (0, (byte)0);
        while (true)
        {
            var rest = head[start..];
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            if (HintOf(line) is { } named)
            {
                hint = named;
            }
            else if (end < 0 || !IsBlank(line))
            {
                return new CsvDialect(SeparatorOf(line, hint), start, lines);
            }
            start += end < 0 ? line.Length : end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1);
            lines++;
        }
    }

    /// <summary>The dialect of the rest of a file, below the header and blank rows; null at its end.</summary>
    public CsvDialect? SkipLine(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[Start..];
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            return null;
        }
        var next = Start + end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1);
        var below = Detect(bytes[next..]);
        return next + below.Start >= bytes.Length
            ? null
            : new CsvDialect(below.Separator, next + below.Start, LinesBefore + 1 + below.LinesBefore);
    }

    // Programs quote the line, or add the separators of the cells that it does not have.
    private static byte? HintOf(ReadOnlySpan<byte> line)
    {
        var text = line.TrimStart("\" \t"u8);
        if (text.Length < 5 || !Ascii.EqualsIgnoreCase(text[..4], "sep="u8) || !Separators.Contains(text[4]))
        {
            return null;
        }
        return text[5..].Trim("\" \t,;|"u8).IsEmpty ? text[4] : null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t,;|"u8).IsEmpty;

    // The hint can be from an earlier save: another program may have written the file again with its own separator.
    private static char SeparatorOf(ReadOnlySpan<byte> header, byte hint)
    {
        if (hint != 0 && CountOf(header, hint) > 0)
        {
            return (char)hint;
        }
        var (separator, most) = (hint == 0 ? (byte)',' : hint, 0);
        foreach (var candidate in Separators)
        {
            var count = CountOf(header, candidate);
            if (count > most)
            {
                (separator, most) = (candidate, count);
            }
        }
        return (char)separator;
    }

    private static int CountOf(ReadOnlySpan<byte> header, byte separator)
    {
        var (count, isQuoted) = (0, false);
        foreach (var b in header)
        {
            isQuoted ^= b == '"';
            count += !isQuoted && b == separator ? 1 : 0;
        }
        return count;
    }
}
