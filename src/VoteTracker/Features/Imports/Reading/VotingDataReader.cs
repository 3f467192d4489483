using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>
/// Reads the Library's file, a line for each member and vote, into its texts. A line that cannot be used is counted and
/// listed, never dropped silently. A file that cannot be used at all is an <see cref="ImportRefused"/>.
/// </summary>
internal sealed class VotingDataReader : IDisposable
{
    private readonly VotingDataColumns _columns;
    private readonly CsvTable _table;
    private readonly VotingDataStream _stream;
    private readonly DateOnly _today;
    private readonly VotingDataVotes _votes;
    private readonly Dictionary<long, VotingDataGroup> _groups = [];
    private readonly ImportFindings _findings = new();
    private VotingDataGroup? _last;
    private long _withoutVote;
    private long _lines = 1;

    private VotingDataReader(VotingDataStream stream, Roster roster, DateOnly today)
    {
        (_stream, _today) = (stream, today);
        _table = Refusing(() => CsvTable.Open(stream, stream.Dialect, ImportLimits.Line, Malformed));
        _columns = new VotingDataColumns(_table);
        _votes = new VotingDataVotes(_table, _columns, roster, _findings);
    }

    /// <summary>Checks that the file begins as the Library's does; otherwise an <see cref="ImportRefused"/>.</summary>
    public static void CheckHeader(VotingDataStream stream, Roster roster, DateOnly today) =>
        new VotingDataReader(stream, roster, today).Dispose();

    /// <summary>Reads all of it.</summary>
    public static VotingDataFile Read(VotingDataStream stream, Roster roster, DateOnly today, Action<long> progress)
    {
        using var reading = new VotingDataReader(stream, roster, today);
        return reading.Lines(progress);
    }

    public void Dispose() => _table.Dispose();

    private VotingDataFile Lines(Action<long> progress)
    {
        const int often = 4_096;
        for (var i = 0; Refusing(_table.Read); i++)
        {
            _lines = _table.Line;
            if (i % often == 0)
            {
                progress(_lines);
            }
            var before = _votes.Count;
            Line();
            if (_votes.Count == before)
            {
                CountWithoutVote();
            }
        }
        _stream.CheckEnd();
        progress(_lines);
        return File(
            CheckImportedResolutions.Handle(
                _groups.Values.Select(g => g.Text).OfType<VotingDataResolution>(),
                _votes.Codes,
                _findings
            )
        );
    }

    private VotingDataFile File(IReadOnlyList<VotingDataResolution> texts) =>
        new()
        {
            Texts = texts,
            Lines = _lines,
            Votes = _votes.Count,
            IgnoredColumns = VotingDataColumns.Ignored(_table),
            Findings = _findings,
        };

    private void CountWithoutVote()
    {
        if (++_withoutVote > ImportLimits.LinesWithoutVote + (_votes?.Count ?? 0))
        {
            throw new ImportRefused(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Up to line {_lines:N0}, {_withoutVote:N0} lines have no vote that can be used, {ImportLimits.LinesWithoutVote:N0} more than lines that do; the rest was not read."
                )
            )
            {
                File = _votes is null ? null : File([]),
            };
        }
    }

    private void Line()
    {
        if (!Utf8.IsValid(_table.Row))
        {
            Leave(ImportFindingKind.NotUtf8, "the line is not UTF-8");
            return;
        }
        if (_table.IsBlank())
        {
            return;
        }
        if (_table.CellCount < _columns.Needed && IsCutOff())
        {
            Leave(ImportFindingKind.Truncated, FieldCount());
            return;
        }
        if (_table.Surplus() >= 0)
        {
            Leave(ImportFindingKind.FieldCount, FieldCount());
            return;
        }
        if (GroupOf() is not { } group)
        {
            return;
        }
        if (group.IsSameText(_table, _columns))
        {
            Vote(group);
            return;
        }
        if (group.Text is not null)
        {
            Compare(group);
            return;
        }
        var (head, wrongKind, wrong) = VotingDataHeader.Parse(_table, _columns, _today);
        if (head is null)
        {
            group.Remember(_table, _columns, wrongKind, wrong);
            Leave(wrongKind, wrong);
            return;
        }
        group.Begin(_table, _columns, new VotingDataResolution(head, _lines, _votes.Codes.Count));
        Vote(group);
    }

    // A line that differs from the first one of its text counts, unless it cannot be read or the file ends in it.
    private void Compare(VotingDataGroup group)
    {
        var differing = group.Differing(_table, _columns);
        if (differing.Count > 0)
        {
            var (head, wrongKind, wrong) = VotingDataHeader.Parse(_table, _columns, _today);
            if (head is null)
            {
                Leave(wrongKind, wrong);
                return;
            }
            var text = group.Text!;
            var names = string.Join(", ", differing);
            if (IsCutOff())
            {
                _findings.Add(ImportFindingKind.Truncated, _lines, text.Id, $"the line ends in the middle: {names}");
                return;
            }
            _findings.Add(
                ImportFindingKind.FieldsDiffer,
                _lines,
                text.Id,
                string.Create(CultureInfo.InvariantCulture, $"{names}: not as in line {text.Line}, which counts")
            );
        }
        Vote(group);
    }

    private void Vote(VotingDataGroup group)
    {
        if (group.Text is { } text)
        {
            _votes.Add(text, _lines);
        }
        else
        {
            Leave(group.WrongKind, group.Wrong);
        }
    }

    // The lines of a text are together, mostly: then the line before has the same number.
    private VotingDataGroup? GroupOf()
    {
        var cell = _table.Cell(_columns.RecordId);
        if (_last is not null && _last.HasRecordId(cell))
        {
            return _last;
        }
        if (VotingDataHeader.RecordNumberOf(Encoding.UTF8.GetString(cell)) is not { } number)
        {
            Leave(ImportFindingKind.WrongValue, VotingDataHeader.NoRecordNumber(Encoding.UTF8.GetString(cell)));
            return null;
        }
        if (!_groups.TryGetValue(number, out var group))
        {
            if (_groups.Count == ImportLimits.Texts)
            {
                throw new ImportRefused(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file has more than {ImportLimits.Texts:N0} texts."
                    )
                );
            }
            _groups[number] = group = new VotingDataGroup();
        }
        group.RememberRecordId(cell);
        return _last = group;
    }

    private bool IsCutOff() => !_stream.EndsWithLineBreak && _table.RowEnd == _stream.BytesReturned;

    private string FieldCount()
    {
        var has = _table.CellCount;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the line has {has} field{(has == 1 ? "" : "s")}, the header {_columns.Count}"
        );
    }

    private void Leave(ImportFindingKind kind, string detail) => _findings.Add(kind, _lines, null, detail);

    private void Malformed(CsvMalformedReason reason, long line)
    {
        var isEnd = reason == CsvMalformedReason.UnterminatedQuote;
        _findings.Add(
            isEnd ? ImportFindingKind.Truncated : ImportFindingKind.NotWellFormed,
            line,
            null,
            isEnd
                ? "the file ends within quotes that were opened in this line"
                : "the line's quotes are not those of CSV (RFC 4180)"
        );
        _lines = line;
        CountWithoutVote();
    }

    private static T Refusing<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException exception)
        {
            throw new ImportRefused(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {exception.LineNumber} is longer than {ImportLimits.Line:N0} bytes, which no line of the file is; quotes that are never closed make one line of what follows."
                )
            );
        }
    }
}
