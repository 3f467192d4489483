using System.Globalization;
using System.Text;

namespace VoteTracker.Endpoints.Text;

/// <summary>
/// Writes Markdown (CommonMark with the tables of GitHub). Texts of users are on one line, and their markup is shown as
/// text.
/// </summary>
internal sealed class Markdown
{
    /// <summary>The media type (RFC 7763).</summary>
    public const string MediaType = "text/markdown";

    private const string Special = @"\`*_[]<>|~&$^";

    private readonly StringBuilder _text = new();

    /// <summary>The text of a user on one line: its markup is neutral, and invisible characters are removed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The number of characters after which it is cut.</param>
    public static string Escape(string text, int most = int.MaxValue)
    {
        var line = new StringBuilder(text.Length);
        var isBlank = false;
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control)
            {
                isBlank = line.Length > 0;
                continue;
            }
            // Zero-width characters and marks of direction could hide a part of the text, or reorder what follows it.
            if (VisibleText.IsBlank(rune))
            {
                continue;
            }
            if (isBlank)
            {
                line.Append(' ');
                isBlank = false;
            }
            if (count++ == most)
            {
                line.Append('…');
                break;
            }
            if (rune.IsAscii && (Special.Contains((char)rune.Value, StringComparison.Ordinal) || IsMarker(line, rune)))
            {
                line.Append('\\');
            }
            line.Append(rune);
        }
        return line.ToString();
    }

    /// <summary>A link that shows its address.</summary>
    public static string Link(string address)
    {
        var shown = new StringBuilder(address.Length);
        foreach (var c in address)
        {
            // In angle brackets, only these end or change an address.
            shown.Append(
                c is '<' or '>' or '|' or '\\' or '`' || char.IsWhiteSpace(c) || char.IsControl(c)
                    ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}")
                    : c.ToString()
            );
        }
        return $"<{shown}>";
    }

    /// <summary>Adds a heading.</summary>
    public Markdown Heading(int level, string escaped)
    {
        Separate();
        _text.Append('#', level).Append(' ').Append(escaped).Append('\n');
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    public Markdown Paragraph(string escaped)
    {
        Separate();
        _text.Append(escaped).Append('\n');
        return this;
    }

    /// <summary>Adds a list. Without items, nothing is added.</summary>
    public Markdown List(IEnumerable<string> escaped)
    {
        var isFirst = true;
        foreach (var item in escaped)
        {
            if (isFirst)
            {
                Separate();
                isFirst = false;
            }
            _text.Append("- ").Append(item).Append('\n');
        }
        return this;
    }

    /// <summary>Adds a table. Each row has the number of cells of the header.</summary>
    public Markdown Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> escapedRows)
    {
        Separate();
        Row(header);
        Row([.. header.Select(_ => "---")]);
        foreach (var row in escapedRows)
        {
            Row(row);
        }
        return this;
    }

    /// <summary>The whole text, which ends with a line break.</summary>
    public override string ToString() => _text.ToString();

    // A character that begins a list, a heading or a numbered item at the start of a line.
    private static bool IsMarker(StringBuilder line, Rune rune) =>
        line.Length == 0
            ? rune.Value is '#' or '+' or '-' or '='
            : rune.Value is '.' or ')' && line.Length <= 9 && IsNumber(line);

    private static bool IsNumber(StringBuilder line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (!char.IsAsciiDigit(line[i]))
            {
                return false;
            }
        }
        return true;
    }

    private void Row(IReadOnlyList<string?> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private void Separate()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }
}
