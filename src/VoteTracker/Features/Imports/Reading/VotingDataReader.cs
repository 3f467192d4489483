using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>
/// Reads the UN Digital Library's file, a line for each member and vote, into resolutions. A line that cannot be used is
/// counted and listed. A file that cannot be used at all is an <see cref="ImportRefused"/>.
/// Over 200 lines because all decisions about a line are in one place.
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
        _table = ImportLimits.ThrowIfTooLong(() => CsvTable.Open(stream, stream.Dialect, ImportLimits.Line, Malformed));
        _columns = new VotingDataColumns(_table);
        _votes = new VotingDataVotes(_table, _columns, roster, _findings);
    }

    /// <summary>Checks the header; an <see cref="ImportRefused"/> if it is not the UN Digital Library's.</summary>
    public static void CheckHeader(VotingDataStream stream, Roster roster, DateOnly today) =>
        new VotingDataReader(stream, roster, today).Dispose();

    /// <summary>Reads the whole file.</summary>
    public static VotingDataFile Read(VotingDataStream stream, Roster roster, DateOnly today, Action<long> progress)
    {
        using var reader = new VotingDataReader(stream, roster, today);
        return reader.ReadLines(progress);
    }

    public void Dispose() => _table.Dispose();

    private VotingDataFile ReadLines(Action<long> progress)
    {
        const int often = 4_096;
        for (var i = 0; ImportLimits.ThrowIfTooLong(_table.Read); i++)
        {
            _lines = _table.Line;
            if (i % often == 0)
            {
                progress(_lines);
            }
            var before = _votes.Count;
            ReadLine();
            if (_votes.Count == before)
            {
                CountWithoutVote();
            }
        }
        _stream.CheckEnd();
        progress(_lines);
        return File(
            CheckImportedResolutions.Handle(
                _groups.Values.Select(g => g.Resolution).OfType<VotingDataResolution>(),
                _votes.Codes,
                _findings
            )
        );
    }

    private VotingDataFile File(IReadOnlyList<VotingDataResolution> resolutions) =>
        new()
        {
            Resolutions = resolutions,
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
                    $"Up to line {_lines:N0}, {_withoutVote:N0} lines have no usable vote, {ImportLimits.LinesWithoutVote:N0} more than lines that have one; the rest was skipped."
                )
            )
            {
                File = _votes is null ? null : File([]),
            };
        }
    }

    private void ReadLine()
    {
        if (!Utf8.IsValid(_table.Row))
        {
            Skip(ImportFindingKind.NotUtf8, "the line is not UTF-8");
            return;
        }
        if (_table.IsBlank())
        {
            return;
        }
        if (_table.CellCount < _columns.Needed && IsTruncated())
        {
            Skip(ImportFindingKind.Truncated, FieldCount());
            return;
        }
        if (_table.Surplus() >= 0)
        {
            Skip(ImportFindingKind.FieldCount, FieldCount());
            return;
        }
        if (FindGroup() is not { } group)
        {
            return;
        }
        if (group.HasSameFields(_table, _columns))
        {
            AddVote(group);
            return;
        }
        if (group.Resolution is not null)
        {
            Compare(group);
            return;
        }
        var (head, wrongKind, wrong) = VotingDataHeader.Parse(_table, _columns, _today);
        if (head is null)
        {
            group.Remember(_table, _columns, wrongKind, wrong);
            Skip(wrongKind, wrong);
            return;
        }
        group.Begin(_table, _columns, new VotingDataResolution(head, _lines, _votes.Codes.Count));
        AddVote(group);
    }

    // A line that differs from the first line of its resolution counts, unless it cannot be read or is truncated.
    private void Compare(VotingDataGroup group)
    {
        var differing = group.ListDifferences(_table, _columns);
        if (differing.Count > 0)
        {
            var (head, wrongKind, wrong) = VotingDataHeader.Parse(_table, _columns, _today);
            if (head is null)
            {
                Skip(wrongKind, wrong);
                return;
            }
            var resolution = group.Resolution!;
            var names = string.Join(", ", differing);
            if (IsTruncated())
            {
                _findings.Add(
                    ImportFindingKind.Truncated,
                    _lines,
                    resolution.Id,
                    $"the line ends in the middle: {names}"
                );
                return;
            }
            _findings.Add(
                ImportFindingKind.FieldsDiffer,
                _lines,
                resolution.Id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{names}: differs from line {resolution.Line}, which is saved"
                )
            );
        }
        AddVote(group);
    }

    private void AddVote(VotingDataGroup group)
    {
        if (group.Resolution is { } resolution)
        {
            _votes.Add(resolution, _lines);
        }
        else
        {
            Skip(group.WrongKind, group.Wrong);
        }
    }

    // The lines of a resolution are usually together: then the line before has the same number.
    private VotingDataGroup? FindGroup()
    {
        var cell = _table.Cell(_columns.RecordId);
        if (_last is not null && _last.HasRecordId(cell))
        {
            return _last;
        }
        if (VotingDataHeader.RecordNumberOf(Encoding.UTF8.GetString(cell)) is not { } number)
        {
            Skip(ImportFindingKind.WrongValue, VotingDataHeader.NoRecordNumber(Encoding.UTF8.GetString(cell)));
            return null;
        }
        if (!_groups.TryGetValue(number, out var group))
        {
            if (_groups.Count == ImportLimits.Resolutions)
            {
                throw new ImportRefused(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file has more than {ImportLimits.Resolutions:N0} resolutions."
                    )
                );
            }
            _groups[number] = group = new VotingDataGroup();
        }
        group.RememberRecordId(cell);
        return _last = group;
    }

    private bool IsTruncated() => !_stream.EndsWithLineBreak && _table.RowEnd == _stream.BytesReturned;

    private string FieldCount()
    {
        var has = _table.CellCount;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the line has {has} field{(has == 1 ? "" : "s")}, the header {_columns.Count}"
        );
    }

    private void Skip(ImportFindingKind kind, string detail) => _findings.Add(kind, _lines, null, detail);

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
}
