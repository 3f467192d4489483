using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The rows of a small CSV file of a user, and their faults.</summary>
internal sealed record CsvRows
{
    // A caller corrects a hundred lines at a time.
    private const int MaxProblems = 100;

    /// <summary>The rows with a value, without those that have a problem.</summary>
    public required IReadOnlyList<CsvRecord> Rows { get; init; }

    /// <summary>The faults of the lines.</summary>
    public required CsvProblems Problems { get; init; }

    /// <summary>The columns that are not read.</summary>
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }

    /// <summary>Reads the body of a request; a <see cref="ProblemException"/> if it is not such a table at all.</summary>
    public static CsvRows Read(ReadOnlyMemory<byte> bytes, CsvColumns columns, int mostRows)
    {
        if (bytes.Span.StartsWith("PK"u8))
        {
            throw new ProblemException(
                VoteTracker.Endpoints.Errors.Problems.Invalid(
                    "body",
                    "is a workbook or an archive: save the sheet as CSV, UTF-8"
                )
            );
        }
        if (!Utf8.IsValid(bytes.Span))
        {
            throw new ProblemException(
                VoteTracker.Endpoints.Errors.Problems.Invalid("body", "must be UTF-8: save the sheet as CSV, UTF-8")
            );
        }
        var problems = new CsvProblems(MaxProblems);
        var rows = new List<CsvRecord>();
        IReadOnlyList<IgnoredColumn> ignored = [];
        try
        {
            using var table = CsvTable.Open(bytes);
            if (columns.ProblemsOf(table.Header) is { Count: > 0 } wrong)
            {
                throw new ProblemException(
                    VoteTracker.Endpoints.Errors.Problems.Invalid(
                        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["header"] = [.. wrong] }
                    )
                );
            }
            while (table.Read())
            {
                if (table.IsBlank())
                {
                    continue;
                }
                if (rows.Count == mostRows)
                {
                    problems.Add(
                        table.Line,
                        string.Create(CultureInfo.InvariantCulture, $"the file has more than {mostRows} rows")
                    );
                    break;
                }
                if (table.Surplus() is >= 0 and var surplus)
                {
                    problems.Add(
                        table.Line,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"has the value {SafeText.Quote(table.Text(surplus))} outside the header's {table.Header.Count} columns"
                        )
                    );
                    continue;
                }
                rows.Add(CsvRecord.Create(table, problems));
            }
            ignored = columns.Ignored(table.Header, table.UnnamedHasValue);
        }
        catch (CsvFormatException exception)
        {
            problems.Add(
                exception.LineNumber + CsvDialect.Detect(bytes.Span).LinesBefore,
                "is not well-formed CSV (RFC 4180): check its quotes"
            );
        }
        return new CsvRows
        {
            Rows = rows,
            Problems = problems,
            IgnoredColumns = ignored,
        };
    }
}

/// <summary>A row of a file: its line, and its cells by the name of their column.</summary>
internal sealed class CsvRecord
{
    private readonly Dictionary<string, string> _cells;
    private readonly CsvProblems _problems;

    private CsvRecord(long line, Dictionary<string, string> cells, CsvProblems problems) =>
        (Line, _cells, _problems) = (line, cells, problems);

    /// <summary>The line on which it begins; the first line of the file is 1.</summary>
    public long Line { get; }

    /// <summary>The state's code, in capitals; empty if the row has none.</summary>
    public string Iso3 => StateCode.Normalize(this["iso3"] ?? "");

    /// <summary>The text of a cell; null if it is empty or the file has no such column.</summary>
    public string? this[string column] => _cells.GetValueOrDefault(column) is { Length: > 0 } text ? text : null;

    /// <summary>Whether the file has the column.</summary>
    public bool Has(string column) => _cells.ContainsKey(column);

    /// <summary>Whether one of these columns has a value.</summary>
    public bool HasAny(IEnumerable<string> columns) => columns.Any(column => this[column] is not null);

    /// <summary>Adds what is wrong with a cell, and how to fix it.</summary>
    public void Wrong(string column, string problem) => _problems.Add(Line, column, problem);

    /// <summary>The message for a cell that is not one of these words.</summary>
    public static string NotOneOf(IEnumerable<string> words, string? found) =>
        $"must be one of {string.Join(", ", words)}; {(found is null ? "it is empty" : $"found {SafeText.Quote(found)}")}";

    /// <summary>The current row of a table.</summary>
    public static CsvRecord Create(CsvTable table, CsvProblems problems)
    {
        var cells = new Dictionary<string, string>(table.Header.Count, StringComparer.Ordinal);
        foreach (var (place, name) in table.Header.Index())
        {
            if (name.Length > 0)
            {
                cells.TryAdd(name, table.Text(place));
            }
        }
        return new CsvRecord(table.Line, cells, problems);
    }
}

/// <summary>The faults of the lines of a file, with a message for each, up to a limit.</summary>
internal sealed class CsvProblems(int most)
{
    private readonly List<string> _messages = [];

    /// <summary>The number of faults, also beyond the limit.</summary>
    public int Count { get; private set; }

    /// <summary>The messages, as the value of the field `lines` of a problem.</summary>
    public string[] Messages => [.. _messages];

    /// <summary>The 400 that lists them.</summary>
    public Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Problem =>
        Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["lines"] = Messages });

    /// <summary>Removes them, where a check of all rows starts again.</summary>
    public void Clear()
    {
        _messages.Clear();
        Count = 0;
    }

    /// <summary>Adds what is wrong with a line.</summary>
    public void Add(long line, string problem) =>
        Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}"));

    /// <summary>Adds what is wrong with a cell.</summary>
    public void Add(long line, string column, string problem) =>
        Add(string.Create(CultureInfo.InvariantCulture, $"line {line}, {column}: {problem}"));

    private void Add(string message)
    {
        Count++;
        if (_messages.Count < most)
        {
            _messages.Add(message);
        }
    }
}
