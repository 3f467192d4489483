using System.Globalization;

namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// Merged cells of a sheet: only the first of them has the value. The others are faults, because nobody can tell from the
/// file whether they are meant to have it too.
/// </summary>
internal static class MergedCells
{
    /// <summary>Marks the merged cells of lines that have another value. A row that is one merged cell is a heading.</summary>
    public static void MarkFaults(List<TableLine> lines, IReadOnlyList<string> ranges, int width)
    {
        foreach (var range in ranges)
        {
            var ends = range.Split(':');
            if (
                ends.Length != 2
                || CellReference.Parse(ends[0]) is not { } first
                || CellReference.Parse(ends[1]) is not { } last
            )
            {
                continue;
            }
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].Number >= first.Row && lines[i].Number <= last.Row)
                {
                    lines[i] = Mark(lines[i], range, first, last, width);
                }
            }
        }
    }

    private static TableLine Mark(
        TableLine line,
        string range,
        (int Column, long Row) first,
        (int Column, long Row) last,
        int width
    )
    {
        var hasOthers = line
            .Cells.Index()
            .Any(cell => cell.Item.Length > 0 && (cell.Index < first.Column || cell.Index > last.Column));
        if (!hasOthers)
        {
            return line;
        }
        var faults = new Dictionary<int, string>(line.Faults);
        for (var column = first.Column; column <= last.Column && column < width; column++)
        {
            if (line.Number != first.Row || column != first.Column)
            {
                faults.TryAdd(column, $"is one of the merged cells {range}: split them, and fill each cell");
            }
        }
        return line with { Faults = faults };
    }
}

/// <summary>A reference to a cell, such as B12.</summary>
internal static class CellReference
{
    /// <summary>The column, from 0, and the row, from 1; null if it is not a reference.</summary>
    public static (int Column, long Row)? Parse(string text)
    {
        var letters = text.TakeWhile(char.IsAsciiLetterUpper).Count();
        return
            ColumnOf(text) is { } column
            && long.TryParse(text.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (column, row)
            : null;
    }

    /// <summary>The column of a reference, from 0; null if it has none.</summary>
    public static int? ColumnOf(string? text)
    {
        var column = 0;
        foreach (var c in text ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > 100_000)
            {
                break;
            }
            column = column * 26 + (c - 'A' + 1);
        }
        return column == 0 ? null : column - 1;
    }
}
