using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// Reads the first visible sheet of an Excel workbook (ECMA-376) as rows of texts. Its parts are streamed, and their
/// decompressed size is limited before any of them is read. Over 200 lines because one pass over the parts reads all.
/// </summary>
internal sealed class WorkbookFile
{
    // A header of more columns is not a list.
    private const int MostColumns = 1_000;
    private const int MostMerged = 10_000;

    private readonly CsvProblems _problems;
    private readonly List<TableLine> _lines = [];
    private readonly int _mostRows;
    private readonly WorkbookCells _cells;
    private readonly Func<IReadOnlyList<string>, bool> _isHeader;
    private readonly List<(long Number, SortedDictionary<int, (string Text, string? Fault)> Cells)> _titles = [];
    private string[]? _header;
    private long _headerLine = 1;
    private bool _unnamedHasValue;

    private WorkbookFile(
        WorkbookCells cells,
        int mostRows,
        CsvProblems problems,
        Func<IReadOnlyList<string>, bool> isHeader
    ) => (_cells, _mostRows, _problems, _isHeader) = (cells, mostRows, problems, isHeader);

    /// <summary>Reads a workbook; a <see cref="VoteTracker.Endpoints.Errors.ProblemException"/> if it cannot be read.</summary>
    public static TableFile Read(
        ReadOnlyMemory<byte> bytes,
        int mostRows,
        CsvProblems problems,
        Func<IReadOnlyList<string>, bool> isHeader
    )
    {
        try
        {
            WorkbookArchive.Check(bytes);
            using var content = WorkbookArchive.Open(bytes);
            using var document = SpreadsheetDocument.Open(
                content,
                isEditable: false,
                new OpenSettings { MaxCharactersInPart = WorkbookArchive.MostBytes }
            );
            return Read(document, mostRows, problems, isHeader);
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or IOException
                        or OpenXmlPackageException
                        or XmlException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or NotSupportedException
                        or OverflowException
                        or UriFormatException
            )
        {
            throw TableFile.Refuse();
        }
    }

    private static TableFile Read(
        SpreadsheetDocument document,
        int mostRows,
        CsvProblems problems,
        Func<IReadOnlyList<string>, bool> isHeader
    )
    {
        var workbook = document.WorkbookPart ?? throw TableFile.Refuse();
        var sheets = (workbook.Workbook?.Sheets ?? throw TableFile.Refuse()).Elements<Sheet>().ToList();
        var first = sheets.Find(sheet =>
            sheet.State is null || sheet.State.Value == SheetStateValues.Visible
                ? sheet.Id?.Value is { } id && workbook.TryGetPartById(id, out var part) && part is WorksheetPart
                : false
        );
        if (first is null)
        {
            throw TableFile.Refuse("has no visible sheet");
        }
        var file = new WorkbookFile(WorkbookCells.Load(workbook), mostRows, problems, isHeader);
        file.Read((WorksheetPart)workbook.GetPartById(first.Id!.Value!));
        return new TableFile
        {
            Header = file._header ?? [],
            HeaderLine = file._headerLine,
            Lines = file._lines,
            UnnamedHasValue = file._unnamedHasValue,
            OtherSheets =
            [
                .. sheets.Where(sheet => sheet != first).Select(sheet => SafeText.Show(sheet.Name?.Value ?? "")),
            ],
            Problems = file._problems,
        };
    }

    private void Read(WorksheetPart sheet)
    {
        var merged = new List<string>();
        using var reader = OpenXmlReader.Create(sheet);
        var number = 0L;
        var isFull = false;
        while (reader.Read())
        {
            if (!reader.IsStartElement)
            {
                continue;
            }
            if (reader.ElementType == typeof(Row) && !isFull)
            {
                number = NumberOf(reader, number + 1);
                isFull = !Read(reader, number);
            }
            else if (reader.ElementType == typeof(MergeCell) && merged.Count < MostMerged)
            {
                merged.AddRange(reader.Attributes.Where(a => a.LocalName == "ref").Select(a => a.Value!));
            }
        }
        ReadTitles();
        MergedCells.MarkFaults(_lines, merged, _header?.Length ?? 0);
    }

    private static long NumberOf(OpenXmlReader reader, long next)
    {
        foreach (var attribute in reader.Attributes)
        {
            if (
                attribute.LocalName == "r"
                && long.TryParse(attribute.Value, CultureInfo.InvariantCulture, out var number)
                && number >= next
            )
            {
                return number;
            }
        }
        return next;
    }

    // Reads the row at which the reader is; false if the file has more rows than are read.
    private bool Read(OpenXmlReader reader, long number)
    {
        var cells = new SortedDictionary<int, (string Text, string? Fault)>();
        if (reader.ReadFirstChild())
        {
            var place = -1;
            do
            {
                if (reader.ElementType == typeof(Cell) && reader.LoadCurrentElement() is Cell cell)
                {
                    place = CellReference.ColumnOf(cell.CellReference?.Value) ?? place + 1;
                    var read = _cells.Read(cell);
                    if (read.Text.Length > 0 || read.Fault is not null)
                    {
                        cells[place] = read;
                    }
                }
            } while (reader.ReadNextSibling());
        }
        if (cells.Count == 0)
        {
            return true;
        }
        return _header is null ? ReadAboveHeader(number, cells) : AddLine(number, cells);
    }

    // Titles can be above the header. If no row can be the header, the first one is.
    private bool ReadAboveHeader(long number, SortedDictionary<int, (string Text, string? Fault)> cells)
    {
        if (_isHeader(NamesOf(cells)))
        {
            (_header, _headerLine) = (NamesOf(cells), number);
            return true;
        }
        _titles.Add((number, cells));
        return _titles.Count < TableFile.MostTitles || ReadTitles();
    }

    // Reads the rows so far with the first one as the header; false if the file has more rows than are read.
    private bool ReadTitles()
    {
        if (_header is not null || _titles.Count == 0)
        {
            return true;
        }
        (_header, _headerLine) = (NamesOf(_titles[0].Cells), _titles[0].Number);
        return _titles.Skip(1).All(row => AddLine(row.Number, row.Cells));
    }

    private static string[] NamesOf(SortedDictionary<int, (string Text, string? Fault)> cells)
    {
        var width = cells.Keys.Last() + 1;
        if (width > MostColumns)
        {
            throw TableFile.Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"has more than {MostColumns} columns: copy those of the list to a new workbook"
                )
            );
        }
        var names = Enumerable.Repeat("", width).ToArray();
        foreach (var (place, (text, _)) in cells)
        {
            names[place] = text.ToLowerInvariant();
        }
        return names;
    }

    private bool AddLine(long number, SortedDictionary<int, (string Text, string? Fault)> cells)
    {
        if (_lines.Count == _mostRows)
        {
            _problems.AddTooManyRows(number, _mostRows);
            return false;
        }
        var width = _header!.Length;
        var texts = Enumerable.Repeat("", width).ToArray();
        Dictionary<int, string>? faults = null;
        foreach (var (place, (text, fault)) in cells)
        {
            if (place >= width)
            {
                if (text.Length > 0)
                {
                    _problems.AddSurplus(number, text, width);
                    return true;
                }
                continue;
            }
            texts[place] = text;
            _unnamedHasValue |= _header![place].Length == 0 && text.Length > 0;
            if (fault is not null)
            {
                (faults ??= []).Add(place, fault);
            }
        }
        var line = new TableLine(number, texts);
        _lines.Add(faults is null ? line : line with { Faults = faults });
        return true;
    }
}
