using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using VoteTracker.Http;
using VoteTracker.Voting;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Reads the Library's file, a line a member and a vote, into its texts. A line that cannot be used is counted and
/// listed, never dropped unseen; what makes the whole file useless is an <see cref="ImportRefused"/>.
/// </summary>
internal sealed class ReadLibraryFile
{
    private const int Code = 3;

    private readonly LibraryColumns _columns;
    private readonly CsvReader _csv;
    private readonly LibraryStream _stream;
    private readonly DateOnly _today;
    private readonly string[] _codes;
    private readonly Dictionary<int, int> _seats = [];
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly Findings _findings = new();
    private Group? _last;
    private Action<bool>? _held;
    private long _votes;
    private long _lines = 1;

    private ReadLibraryFile(LibraryStream stream, Roster roster, DateOnly today)
    {
        (_stream, _today) = (stream, today);
        // Whoever has or had a seat may be in a roll call, in the list of that day or not; an observer never is.
        _codes = [.. roster.Seats.Where(s => s.Kind != SeatKind.Observer).Select(s => s.Iso3)];
        for (var seat = 0; seat < _codes.Length; seat++)
        {
            _seats[Key(Encoding.ASCII.GetBytes(_codes[seat]))] = seat;
        }
        _csv = Csv.Stream(stream, stream.Separator, ImportLimits.Line, Malformed);
        _columns = Refusing(() =>
        {
            _csv.ReadHeader();
            return new LibraryColumns(_csv);
        });
    }

    /// <summary>Whether it begins as the file does; otherwise an <see cref="ImportRefused"/>.</summary>
    public static void CheckHeader(LibraryStream stream, Roster roster, DateOnly today) =>
        new ReadLibraryFile(stream, roster, today)._csv.Dispose();

    /// <summary>Reads all of it.</summary>
    public static LibraryFile Read(
        LibraryStream stream,
        Roster roster,
        DateOnly today,
        Action<long> progress,
        CancellationToken stop
    )
    {
        var reading = new ReadLibraryFile(stream, roster, today);
        using (reading._csv)
        {
            return reading.Lines(progress, stop);
        }
    }

    private LibraryFile Lines(Action<long> progress, CancellationToken stop)
    {
        const int often = 4_096;
        for (var i = 0; Refusing(_csv.Read); i++)
        {
            _lines = _csv.LineNumber;
            if (i % often == 0)
            {
                stop.ThrowIfCancellationRequested();
                progress(_lines);
            }
            Settle(isLast: false);
            Line();
        }
        Settle(isLast: !_stream.EndsWithLineBreak);
        _stream.CheckEnd();
        progress(_lines);
        return new LibraryFile
        {
            Texts = Texts(),
            Lines = _lines,
            Votes = _votes,
            ColumnsIgnored = _columns.Ignored,
            Findings = _findings,
        };
    }

    // What is wrong with a line may be that the file ends in it: that is known when there is no further line.
    private void Settle(bool isLast)
    {
        _held?.Invoke(isLast);
        _held = null;
    }

    private void Line()
    {
        var line = _lines;
        if (!Utf8.IsValid(_csv.RawRecord))
        {
            Leave(FindingKind.NotUtf8, "the line is not UTF-8");
            return;
        }
        if (_csv.FieldCount != _columns.Count)
        {
            var (has, kind) = (_csv.FieldCount, FindingKind.FieldCount);
            _held = isLast =>
                _findings.Add(
                    isLast && has < _columns.Count ? FindingKind.Truncated : kind,
                    line,
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the line has {has} field{(has == 1 ? "" : "s")}, the header {_columns.Count}"
                    )
                );
            return;
        }
        var group = GroupOf();
        if (group.IsSameText(_csv, _columns))
        {
            Vote(group, line);
            return;
        }
        var (head, wrongKind, wrong) = LibraryHead.Read(_csv, _columns, _today);
        if (head is null)
        {
            group.Remember(_csv, _columns, wrongKind, wrong);
            Leave(wrongKind, wrong);
            return;
        }
        if (group.Text is null)
        {
            group.Begin(_csv, _columns, new LibraryText(head, line, _codes.Length));
            Vote(group, line);
            return;
        }
        Differs(group, line);
    }

    // The vote of a line that says something else of its text counts, unless the file ends in the line.
    private void Differs(Group group, long line)
    {
        var (code, vote) = (_csv.GetSpan(_columns.Code).ToArray(), _csv.GetSpan(_columns.Vote).ToArray());
        var differing = string.Join(", ", group.Differing(_csv, _columns));
        _held = isLast =>
        {
            if (isLast)
            {
                _findings.Add(FindingKind.Truncated, line, group.Text!.Id, $"the line ends in the middle: {differing}");
                return;
            }
            _findings.Add(
                FindingKind.FieldsDiffer,
                line,
                group.Text!.Id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{differing}: not as in line {group.Text.Line}, which counts"
                )
            );
            Vote(group, line, code, vote);
        };
    }

    private void Vote(Group group, long line)
    {
        if (group.Text is null)
        {
            Leave(group.WrongKind, group.Wrong);
            return;
        }
        Vote(group, line, _csv.GetSpan(_columns.Code), _csv.GetSpan(_columns.Vote));
        if (_columns.NotePlace is { } place && !_csv.IsEmpty(place))
        {
            group.Text.AddNote(_csv.GetString(place).Trim());
        }
    }

    private void Vote(Group group, long line, ReadOnlySpan<byte> code, ReadOnlySpan<byte> vote)
    {
        var text = group.Text!;
        code = code.Trim((byte)' ');
        if (code.Length != Code || !_seats.TryGetValue(Key(code), out var seat))
        {
            _findings.Add(
                FindingKind.UnknownMember,
                line,
                text.Id,
                $"no member has or had the code {Findings.Shown(Encoding.UTF8.GetString(code))}"
            );
            return;
        }
        vote = vote.Trim((byte)' ');
        Vote? cast = vote switch
        {
            [] or [(byte)'X'] => Voting.Vote.NonVoting,
            [(byte)'Y'] => Voting.Vote.Yes,
            [(byte)'N'] => Voting.Vote.No,
            [(byte)'A'] => Voting.Vote.Abstain,
            _ => null,
        };
        if (cast is null)
        {
            _findings.Add(
                FindingKind.UnknownVote,
                line,
                text.Id,
                $"ms_vote {Findings.Shown(Encoding.UTF8.GetString(vote))} must be Y, N, A, X or empty"
            );
        }
        else if (!text.Add(seat, cast.Value))
        {
            _findings.Add(FindingKind.NamedTwice, line, text.Id, $"{_codes[seat]} is named in this text already");
        }
        else
        {
            _votes++;
        }
    }

    // A text's lines stand together, mostly: then the one before tells whose it is.
    private Group GroupOf()
    {
        var id = _csv.GetSpan(_columns.RecordId);
        if (_last is not null && id.SequenceEqual(_last.RecordId))
        {
            return _last;
        }
        var key = Encoding.UTF8.GetString(id);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = new Group(id.ToArray());
        }
        return _last = group;
    }

    private List<LibraryText> Texts()
    {
        var texts = new List<LibraryText>(_groups.Count);
        foreach (var text in _groups.Values.Select(g => g.Text).OfType<LibraryText>())
        {
            text.Close(_codes);
            if (text.Counted is null && (text.Head.Yes is null || text.Head.No is null))
            {
                _findings.Add(
                    FindingKind.WrongValue,
                    text.Line,
                    text.Id,
                    "the text has neither a name that voted nor totals; it is left out"
                );
                continue;
            }
            Recount(text);
            texts.Add(text);
        }
        Distinguish(texts);
        texts.ForEach(t => t.Seal());
        // The oldest first, so that the newest is the last one opened.
        return [.. texts.OrderBy(t => t.Head.Day).ThenBy(t => t.Line)];
    }

    private void Recount(LibraryText text)
    {
        var head = text.Head;
        var totals = string.Create(
            CultureInfo.InvariantCulture,
            $"{head.Yes}-{head.No}-{head.Abstain}-{head.NonVoting} of {head.Members}"
        );
        if (text.Counted is not { } counted)
        {
            _findings.Add(
                FindingKind.NoNames,
                text.Line,
                text.Id,
                $"the totals are {totals}, and no name voted; the totals are kept as announced"
            );
            return;
        }
        var names = string.Create(
            CultureInfo.InvariantCulture,
            $"{counted.Yes}-{counted.No}-{counted.Abstain}-{counted.NonVoting} of {text.Named}"
        );
        if (names != totals)
        {
            _findings.Add(
                FindingKind.TotalsDiffer,
                text.Line,
                text.Id,
                $"the names count to {names}, the totals are {totals}"
            );
        }
    }

    // The record with the lower number has the id of the symbol: so it is again when another file has them in another order.
    private void Distinguish(List<LibraryText> texts)
    {
        foreach (var same in texts.GroupBy(t => t.Head.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            foreach (var text in same.OrderBy(t => long.Parse(t.Head.RecordId, CultureInfo.InvariantCulture)).Skip(1))
            {
                var number = "-" + text.Head.RecordId;
                text.Id = text.Id[..Math.Min(text.Id.Length, 64 - number.Length)].TrimEnd('-') + number;
                _findings.Add(
                    FindingKind.SameSymbol,
                    text.Line,
                    text.Id,
                    $"another record has the symbol {Findings.Shown(text.Head.Symbol)} too; both are kept"
                );
            }
        }
    }

    private void Leave(FindingKind kind, string detail) => _findings.Add(kind, _lines, null, detail);

    private void Malformed(CsvMalformedRecord record)
    {
        var isEnd = record.Reason == CsvMalformedReason.UnterminatedQuote;
        _findings.Add(
            isEnd ? FindingKind.Truncated : FindingKind.NotWellFormed,
            record.LineNumber,
            null,
            isEnd
                ? "the file ends within quotes that were opened in this line"
                : "the line's quotes are not those of CSV (RFC 4180)"
        );
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

    private static int Key(ReadOnlySpan<byte> code) => code[0] << 16 | code[1] << 8 | code[2];

    /// <summary>The lines of one record: what the first of them said of the text, to hold the others against.</summary>
    private sealed class Group(byte[] recordId)
    {
        private byte[][]? _fields;

        public byte[] RecordId => recordId;

        /// <summary>The text; null while no line told what it is.</summary>
        public LibraryText? Text { get; private set; }

        public FindingKind WrongKind { get; private set; }

        public string Wrong { get; private set; } = "";

        public bool IsSameText(CsvReader csv, LibraryColumns columns)
        {
            if (_fields is null)
            {
                return false;
            }
            var places = columns.TextPlaces;
            for (var i = 0; i < places.Length; i++)
            {
                if (!csv.GetSpan(places[i]).SequenceEqual(_fields[i]))
                {
                    return false;
                }
            }
            return true;
        }

        public IEnumerable<string> Differing(CsvReader csv, LibraryColumns columns)
        {
            for (var i = 0; i < columns.TextPlaces.Length; i++)
            {
                if (!csv.GetSpan(columns.TextPlaces[i]).SequenceEqual(_fields![i]))
                {
                    yield return LibraryColumns.TextColumn(i);
                }
            }
        }

        public void Begin(CsvReader csv, LibraryColumns columns, LibraryText text)
        {
            Text = text;
            _fields = Fields(csv, columns);
        }

        // The lines that follow are wrong in the same way; once one told what the text is, each is looked at by itself.
        public void Remember(CsvReader csv, LibraryColumns columns, FindingKind kind, string wrong)
        {
            if (Text is null)
            {
                (_fields, WrongKind, Wrong) = (Fields(csv, columns), kind, wrong);
            }
        }

        private static byte[][] Fields(CsvReader csv, LibraryColumns columns) =>
            [.. columns.TextPlaces.Select(place => csv.GetSpan(place).ToArray())];
    }
}

/// <summary>What was read of a file.</summary>
internal sealed record LibraryFile
{
    /// <summary>Its texts, the oldest vote first.</summary>
    public required IReadOnlyList<LibraryText> Texts { get; init; }

    public required long Lines { get; init; }
    public required long Votes { get; init; }
    public required IReadOnlyList<string> ColumnsIgnored { get; init; }
    public required Findings Findings { get; init; }
}
