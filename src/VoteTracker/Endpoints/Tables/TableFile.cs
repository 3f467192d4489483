using System.Text.Unicode;
using CsvHelper;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>A small file of a user as rows of texts: CSV, or the first visible sheet of a workbook.</summary>
internal sealed record TableFile
{
    // Every wrong line of a list of all states is named.
    private const int MostWrongLines = 400;

    /// <summary>How many lines with a value are compared with the names of columns, to find the header below titles.</summary>
    public const int MostTitles = 10;

    private const string OtherFormat =
        "is not a workbook that can be read: save the sheet as Excel workbook (.xlsx), or as CSV, UTF-8";

    /// <summary>The names of the columns, trimmed and in lower case; null if the file has no readable header.</summary>
    public required IReadOnlyList<string>? Header { get; init; }

    /// <summary>The line of the header.</summary>
    public long HeaderLine { get; init; } = 1;

    /// <summary>The rows with a value below the header.</summary>
    public required IReadOnlyList<TableLine> Lines { get; init; }

    /// <summary>Whether a column without a name has a value.</summary>
    public required bool UnnamedHasValue { get; init; }

    /// <summary>The sheets of a workbook that are not read.</summary>
    public IReadOnlyList<string> OtherSheets { get; init; } = [];

    /// <summary>The faults of lines that cannot be read.</summary>
    public required CsvProblems Problems { get; init; }

    /// <summary>Reads a CSV file or a workbook. A <see cref="ProblemException"/> if it is neither.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="mostRows">The number of rows that are read.</param>
    /// <param name="isPersonal">Whether the cells are data of people, which messages do not show.</param>
    /// <param name="isHeader">Whether a list can have these names of columns. Titles can be above the header.</param>
    public static TableFile Read(
        ReadOnlyMemory<byte> bytes,
        int mostRows,
        bool isPersonal,
        Func<IReadOnlyList<string>, bool> isHeader
    )
    {
        var problems = new CsvProblems { IsPersonal = isPersonal, MostLines = MostWrongLines };
        if (bytes.Span.StartsWith("PK"u8))
        {
            return WorkbookFile.Read(bytes, mostRows, problems, isHeader);
        }
        return CompoundFile.DescribeFault(bytes.Span) is { } fault
            ? throw Refuse(fault)
            : ReadCsv(bytes, mostRows, problems, isHeader);
    }

    /// <summary>Reads a CSV file. A <see cref="ProblemException"/> if it is not text in UTF-8.</summary>
    public static TableFile ReadCsv(
        ReadOnlyMemory<byte> bytes,
        int mostRows,
        CsvProblems problems,
        Func<IReadOnlyList<string>, bool>? isHeader = null
    )
    {
        if (bytes.Span.StartsWith("PK"u8))
        {
            throw Refuse("is a workbook or an archive: save the sheet as CSV, UTF-8");
        }
        if (!Utf8.IsValid(bytes.Span))
        {
            throw Refuse("must be UTF-8: save the sheet as CSV, UTF-8");
        }
        var lines = new List<TableLine>();
        IReadOnlyList<string>? header = null;
        var headerLine = 1;
        var unnamedHasValue = false;
        try
        {
            var dialect = isHeader is null ? CsvDialect.Detect(bytes.Span) : FindHeader(bytes, isHeader);
            using var table = CsvTable.Open(bytes, dialect);
            (header, headerLine) = (table.Header, dialect.LinesBefore + 1);
            while (table.Read())
            {
                if (table.IsBlank())
                {
                    continue;
                }
                if (lines.Count == mostRows)
                {
                    problems.AddTooManyRows(table.Line, mostRows);
                    break;
                }
                if (table.Surplus() is >= 0 and var surplus)
                {
                    problems.AddSurplus(table.Line, table.Text(surplus), table.Header.Count);
                    continue;
                }
                lines.Add(new TableLine(table.Line, [.. Enumerable.Range(0, header.Count).Select(table.Text)]));
            }
            unnamedHasValue = table.UnnamedHasValue;
        }
        catch (CsvFormatException exception)
        {
            problems.Add(
                exception.LineNumber + CsvDialect.Detect(bytes.Span).LinesBefore,
                "is not well-formed CSV (RFC 4180): check its quotes"
            );
        }
        return new TableFile
        {
            Header = header,
            HeaderLine = headerLine,
            Lines = lines,
            UnnamedHasValue = unnamedHasValue,
            Problems = problems,
        };
    }

    // The first of the first lines that can be a header; otherwise the first line. Each line can have another separator.
    private static CsvDialect FindHeader(ReadOnlyMemory<byte> bytes, Func<IReadOnlyList<string>, bool> isHeader)
    {
        var first = CsvDialect.Detect(bytes.Span);
        var dialect = first;
        for (var i = 0; i < MostTitles; i++)
        {
            using (var table = CsvTable.Open(bytes, dialect))
            {
                if (isHeader(table.Header))
                {
                    return dialect;
                }
            }
            if (dialect.SkipLine(bytes.Span) is not { } next)
            {
                break;
            }
            dialect = next;
        }
        return first;
    }

    /// <summary>The 400 of a file that cannot be read.</summary>
    public static ProblemException Refuse(string fault = OtherFormat) => new(Errors.Problems.Invalid("body", fault));
}

/// <summary>A row of a file with its number, the first row being 1, and its cells in the order of the columns.</summary>
/// <param name="Number">The number.</param>
/// <param name="Cells">The cells, trimmed; there is one for each column of the header.</param>
internal sealed record TableLine(long Number, IReadOnlyList<string> Cells)
{
    /// <summary>The faults of cells, by their places. A fault matters only if the column is read.</summary>
    public IReadOnlyDictionary<int, string> Faults { get; init; } = new Dictionary<int, string>();
}
