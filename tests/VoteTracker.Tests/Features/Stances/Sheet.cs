using System.Text;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A table in a spreadsheet. It is read from CSV, edited, and saved as a spreadsheet program saves it.</summary>
internal sealed class Sheet
{
    private Sheet(List<string> header, List<List<string>> rows) => (Header, Rows) = (header, rows);

    public List<string> Header { get; }

    public List<List<string>> Rows { get; }

    public string this[string iso3, string column]
    {
        get => RowOf(iso3)[Header.IndexOf(column)];
        set => RowOf(iso3)[Header.IndexOf(column)] = value;
    }

    /// <summary>Reads an export (RFC 4180), with another reader than the service's.</summary>
    public static Sheet Open(string csv)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted)
            {
                if (csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                {
                    cell.Append(csv[i++]);
                }
                else if (csv[i] == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(csv[i]);
                }
                continue;
            }
            switch (csv[i])
            {
                case '"':
                    quoted = true;
                    break;
                case ',':
                    Take();
                    break;
                case '\r':
                    break;
                case '\n':
                    Take();
                    rows.Add(row);
                    row = [];
                    break;
                default:
                    cell.Append(csv[i]);
                    break;
            }
        }
        quoted.ShouldBeFalse();
        row.ShouldBeEmpty("the last line is ended");
        return new Sheet(rows[0], rows[1..]);

        void Take()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }

    public void Drop(string column)
    {
        var at = Header.IndexOf(column);
        Header.RemoveAt(at);
        Rows.ForEach(row => row.RemoveAt(at));
    }

    public void Append(string column, Func<string, string> cell)
    {
        Header.Add(column);
        Rows.ForEach(row => row.Add(cell(row[Header.IndexOf("iso3")])));
    }

    public byte[] Save(Habits habits)
    {
        var text = new StringBuilder(habits.SaysSeparator ? $"sep={habits.Separator}{habits.LineEnd}" : "");
        foreach (var row in Rows.Prepend(Header))
        {
            var cells = row.Select(cell => habits.Quote(cell)).ToList();
            while (habits.CutsLines && row != Header && cells.Count > 1 && cells[^1].Length == 0)
            {
                cells.RemoveAt(cells.Count - 1);
            }
            text.AppendJoin(habits.Separator, cells);
            text.Append(habits.EmptyCells).Append(habits.LineEnd);
        }
        text.Append(habits.AtTheEnd);
        return [.. habits.Mark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private List<string> RowOf(string iso3) => Rows.Single(row => row[Header.IndexOf("iso3")] == iso3);
}

/// <summary>How a spreadsheet saves CSV.</summary>
internal sealed record Habits(string Name)
{
    public static readonly Habits[] All =
    [
        new("as it was exported"),
        new("Excel, comma") { Mark = true },
        new("Excel, semicolon")
        {
            Separator = ';',
            Mark = true,
            CutsLines = true,
        },
        new("Excel, with a separator line") { Separator = ';', SaysSeparator = true },
        new("LibreOffice, everything quoted") { LineEnd = "\n", QuotesAll = true },
        new("LibreOffice, tabs") { Separator = '\t', LineEnd = "\n" },
        new("empty cells beside and below") { EmptyCells = ",,", AtTheEnd = ",,,,,\r\n\r\n,,\r\n" },
        new("line ends in cells of its own") { InCells = "\r\n" },
    ];

    public static Habits FromName(string name) => All.Single(habits => habits.Name == name);

    public char Separator { get; init; } = ',';
    public bool Mark { get; init; }
    public bool SaysSeparator { get; init; }
    public bool QuotesAll { get; init; }

    /// <summary>Whether it leaves out empty cells at the end of a line.</summary>
    public bool CutsLines { get; init; }
    public string LineEnd { get; init; } = "\r\n";
    public string InCells { get; init; } = "\n";
    public string EmptyCells { get; init; } = "";
    public string AtTheEnd { get; init; } = "";

    public string Quote(string cell)
    {
        var text = cell.ReplaceLineEndings("\n").Replace("\n", InCells, StringComparison.Ordinal);
        return QuotesAll || text.IndexOfAny([Separator, '"', '\r', '\n']) >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
