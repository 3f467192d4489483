using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The rows of a small file of a user, and their faults.</summary>
internal sealed record CsvRows
{
    /// <summary>The rows with a value, without those that have a problem.</summary>
    public required IReadOnlyList<CsvRecord> Rows { get; init; }

    /// <summary>The line of the header.</summary>
    public required long HeaderLine { get; init; }

    /// <summary>The faults of the lines.</summary>
    public required CsvProblems Problems { get; init; }

    /// <summary>The columns that are not read.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>The columns that are read under another name than the file's.</summary>
    public required IReadOnlyList<MappedColumn> MappedColumns { get; init; }

    /// <summary>The sheets of a workbook that are not read.</summary>
    public required IReadOnlyList<string> OtherSheets { get; init; }

    /// <summary>Reads a CSV body; a <see cref="ProblemException"/> if it is not such a table at all.</summary>
    public static CsvRows Read(ReadOnlyMemory<byte> bytes, CsvColumns columns, int mostRows) =>
        FromFile(TableFile.ReadCsv(bytes, mostRows, new CsvProblems()), columns, ColumnMap.Exact);

    /// <summary>The rows of a file, by the names that its columns have; a <see cref="ProblemException"/> if its header is wrong.</summary>
    public static CsvRows FromFile(TableFile file, CsvColumns columns, ColumnMap map)
    {
        var header = file.Header is null ? [] : map.Apply(file.Header, columns);
        if (file.Header is not null && columns.ProblemsOf(header, file.Header) is { Count: > 0 } wrong)
        {
            throw new ProblemException(
                Errors.Problems.Invalid(
                    new Dictionary<string, string[]>(StringComparer.Ordinal) { ["header"] = [.. wrong] }
                )
            );
        }
        return new CsvRows
        {
            Rows =
            [
                .. file.Lines.Select(line => CsvRecord.Create(line, file.Header ?? [], header, columns, file.Problems)),
            ],
            HeaderLine = file.HeaderLine,
            Problems = file.Problems,
            IgnoredColumns = columns.Ignored(header, file.UnnamedHasValue),
            MappedColumns =
            [
                .. (file.Header ?? [])
                    .Zip(header)
                    .Where(column => column.Second != column.First && columns.IsKnown(column.Second))
                    .Select(column => new MappedColumn
                    {
                        Column = SafeText.Show(column.First),
                        ReadAs = column.Second,
                    }),
            ],
            OtherSheets = file.OtherSheets,
        };
    }
}

/// <summary>A column that was read under another name than the one in the file.</summary>
public sealed record MappedColumn
{
    /// <summary>The column's name in the file, in lower case.</summary>
    public required string Column { get; init; }

    /// <summary>The name under which it was read.</summary>
    public required string ReadAs { get; init; }
}

/// <summary>A row of a file: its line, and its cells by the name of their column.</summary>
internal sealed class CsvRecord
{
    private readonly Dictionary<string, string> _cells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly CsvProblems _problems;
    private string? _iso3;

    private CsvRecord(long line, CsvProblems problems) => (Line, _problems) = (line, problems);

    /// <summary>The line on which it begins; the first line of the file is 1.</summary>
    public long Line { get; }

    /// <summary>The state's code, in capitals; empty if the row has none.</summary>
    public string Iso3 => _iso3 ?? StateCode.Normalize(this["iso3"] ?? "");

    /// <summary>The column that identifies the state.</summary>
    public string StateColumn { get; private set; } = "iso3";

    /// <summary>The columns whose cells cannot be read, with the reasons.</summary>
    public IReadOnlyDictionary<string, string> Faults => _faults;

    /// <summary>The text of a cell; null if it is empty or the file has no such column.</summary>
    public string? this[string column] => _cells.GetValueOrDefault(column) is { Length: > 0 } text ? text : null;

    /// <summary>Whether the file has the column.</summary>
    public bool Has(string column) => _cells.ContainsKey(column);

    /// <summary>Whether one of these columns has a value.</summary>
    public bool HasAny(IEnumerable<string> columns) => columns.Any(column => this[column] is not null);

    /// <summary>Sets the state that another column than `iso3` identifies.</summary>
    public void Identify(string column, string iso3) => (StateColumn, _iso3) = (column, iso3);

    /// <summary>Adds what is wrong with a cell, and how to fix it.</summary>
    public void Wrong(string column, string problem) =>
        _problems.Add(Line, _shown.GetValueOrDefault(column, column), problem);

    /// <summary>The message for a cell that is not one of these words.</summary>
    public static string NotOneOf(IEnumerable<string> words, string? found) =>
        $"must be one of {string.Join(", ", words)}; {(found is null ? "it is empty" : $"found {SafeText.Quote(found)}")}";

    /// <summary>A row of a file, with the names under which its columns are read.</summary>
    public static CsvRecord Create(
        TableLine line,
        IReadOnlyList<string> names,
        IReadOnlyList<string> header,
        CsvColumns columns,
        CsvProblems problems
    )
    {
        var row = new CsvRecord(line.Number, problems);
        foreach (var (place, name) in header.Index())
        {
            if (name.Length == 0 || !row._cells.TryAdd(name, line.Cells[place]))
            {
                continue;
            }
            if (name != names[place])
            {
                row._shown.Add(name, $"{name} ({SafeText.Quote(names[place])})");
            }
            if (line.Faults.TryGetValue(place, out var fault) && columns.IsKnown(name))
            {
                row._faults.Add(name, fault);
            }
        }
        return row;
    }
}
