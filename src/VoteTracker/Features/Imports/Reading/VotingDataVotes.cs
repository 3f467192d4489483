using System.Text;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>Reads the vote of the current line of a file into its resolution.</summary>
internal sealed class VotingDataVotes
{
    private const int CodeLength = 3;

    private readonly CsvTable _table;
    private readonly VotingDataColumns _columns;
    private readonly ImportFindings _findings;
    private readonly string[] _codes;
    private readonly Dictionary<int, int> _seats = [];

    public VotingDataVotes(CsvTable table, VotingDataColumns columns, Roster roster, ImportFindings findings)
    {
        (_table, _columns, _findings) = (table, columns, findings);
        // Every member or former member can be in a roll call, whatever the members of that day; an observer cannot.
        _codes = [.. roster.Seats.Where(s => s.Kind != SeatKind.Observer).Select(s => s.Iso3)];
        for (var seat = 0; seat < _codes.Length; seat++)
        {
            _seats[Key(Encoding.ASCII.GetBytes(_codes[seat]))] = seat;
        }
    }

    /// <summary>The codes of the seats, by their number in a resolution.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>The number of votes that were read.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the vote of the current line, or its problem.</summary>
    public void Add(VotingDataResolution resolution, long line)
    {
        if (ReadSeat() is not { } seat)
        {
            var code = Encoding.UTF8.GetString(_table.Cell(_columns.Code));
            Skip(ImportFindingKind.UnknownMember, $"no member has or had the code {SafeText.Quote(code)}");
        }
        else if (ReadVote() is not { } vote)
        {
            var cell = Encoding.UTF8.GetString(_table.Cell(_columns.Vote));
            Skip(ImportFindingKind.UnknownVote, $"ms_vote {SafeText.Quote(cell)} must be Y, N, A, X or empty");
        }
        else if (TextProblem() is { } problem)
        {
            Skip(ImportFindingKind.DamagedText, problem);
        }
        else if (!resolution.Add(seat, vote))
        {
            Skip(ImportFindingKind.NamedTwice, $"{_codes[seat]} is named twice for this resolution");
        }
        else
        {
            Count++;
            if (_columns.NotePlace is { } place && !_table.Cell(place).IsEmpty)
            {
                resolution.AddNote(_table.Text(place));
            }
        }

        void Skip(ImportFindingKind kind, string detail) => _findings.Add(kind, line, resolution.Id, detail);
    }

    private int? ReadSeat()
    {
        var code = _table.Cell(_columns.Code);
        return code.Length == CodeLength && _seats.TryGetValue(Key(code), out var seat) ? seat : null;
    }

    private Vote? ReadVote() =>
        _table.Cell(_columns.Vote) switch
        {
            [] or [(byte)'X'] => Vote.NonVoting,
            [(byte)'Y'] => Vote.Yes,
            [(byte)'N'] => Vote.No,
            [(byte)'A'] => Vote.Abstain,
            _ => null,
        };

    // The free text of the line itself. That of its resolution is checked once.
    private string? TextProblem()
    {
        var name = _table.Cell(_columns.Name);
        if (!Ascii.IsValid(name) && DamagedText.Find(Encoding.UTF8.GetString(name)) is not null)
        {
            return $"ms_name {SafeText.Quote(Encoding.UTF8.GetString(name))} was damaged by a wrong encoding";
        }
        return
            _columns.NotePlace is { } place
            && !_table.Cell(place).IsEmpty
            && CsvCells.ProblemOf(_table.Text(place)) is { } problem
            ? $"{VotingDataColumns.Note} {problem}"
            : null;
    }

    private static int Key(ReadOnlySpan<byte> code) => code[0] << 16 | code[1] << 8 | code[2];
}
