using System.Text;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>Reads the vote of the current line of a file into its text.</summary>
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
        // Every state that has or had a seat can be in a roll call, whatever the list of that day; an observer never is.
        _codes = [.. roster.Seats.Where(s => s.Kind != SeatKind.Observer).Select(s => s.Iso3)];
        for (var seat = 0; seat < _codes.Length; seat++)
        {
            _seats[Key(Encoding.ASCII.GetBytes(_codes[seat]))] = seat;
        }
    }

    /// <summary>The codes of the seats, by the number that a text has them under.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>How many votes were read.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the vote of the current line, or what is wrong with it.</summary>
    public void Add(VotingDataResolution text, long line)
    {
        if (Seat() is not { } seat)
        {
            var code = Encoding.UTF8.GetString(_table.Cell(_columns.Code));
            Leave(ImportFindingKind.UnknownMember, $"no member has or had the code {SafeText.Quote(code)}");
        }
        else if (Cast() is not { } vote)
        {
            var cell = Encoding.UTF8.GetString(_table.Cell(_columns.Vote));
            Leave(ImportFindingKind.UnknownVote, $"ms_vote {SafeText.Quote(cell)} must be Y, N, A, X or empty");
        }
        else if (TextProblem() is { } problem)
        {
            Leave(ImportFindingKind.DamagedText, problem);
        }
        else if (!text.Add(seat, vote))
        {
            Leave(ImportFindingKind.NamedTwice, $"{_codes[seat]} is named in this text already");
        }
        else
        {
            Count++;
            if (_columns.NotePlace is { } place && !_table.Cell(place).IsEmpty)
            {
                text.AddNote(_table.Text(place));
            }
        }

        void Leave(ImportFindingKind kind, string detail) => _findings.Add(kind, line, text.Id, detail);
    }

    private int? Seat()
    {
        var code = _table.Cell(_columns.Code);
        return code.Length == CodeLength && _seats.TryGetValue(Key(code), out var seat) ? seat : null;
    }

    private Vote? Cast() =>
        _table.Cell(_columns.Vote) switch
        {
            [] or [(byte)'X'] => Vote.NonVoting,
            [(byte)'Y'] => Vote.Yes,
            [(byte)'N'] => Vote.No,
            [(byte)'A'] => Vote.Abstain,
            _ => null,
        };

    // The texts of the line itself; those of its text are checked once.
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
