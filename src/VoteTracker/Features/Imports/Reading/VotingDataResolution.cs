using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Features.RollCalls;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>A resolution of the file, with its votes.</summary>
internal sealed class VotingDataResolution(VotingDataHeader head, long line, int seats)
{
    private const byte NotNamed = 255;

    private readonly byte[] _votes = CreateVotes(seats);
    private string? _note;

    public VotingDataHeader Head { get; } = head;

    /// <summary>Its first line in the file.</summary>
    public long Line { get; } = line;

    /// <summary>The id: that of its symbol, unless another record has the same symbol.</summary>
    public string Id { get; set; } = head.Id;

    /// <summary>The votes by name, packed; null if no name voted, so that only the totals are saved.</summary>
    public string? Names { get; private set; }

    /// <summary>The number of names.</summary>
    public int Named { get; private set; }

    /// <summary>The totals of the names.</summary>
    public VoteTotals? Counted { get; private set; }

    /// <summary>The number of members in the vote: the names, or else the number in the file.</summary>
    public int Members => Names is null ? Head.Members ?? 0 : Named;

    /// <summary>The hash of all fields and votes: another file with the same data has the same hash.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>The notes of its lines.</summary>
    public string? Note => _note;

    // The maximum length of the notes of a resolution.
    private const int MostOfNotes = 4_000;

    /// <summary>Adds the vote of a member; false if the member is named already.</summary>
    public bool Add(int seat, Vote vote)
    {
        if (_votes[seat] != NotNamed)
        {
            return false;
        }
        _votes[seat] = (byte)vote;
        return true;
    }

    public void AddNote(string note)
    {
        if (_note is null || (!_note.Contains(note, StringComparison.Ordinal) && _note.Length < MostOfNotes))
        {
            _note = _note is null ? note : $"{_note} | {note}";
        }
    }

    /// <summary>Computes the hash, once the id is final.</summary>
    public void ComputeHash() => Sha256 = Hash();

    /// <summary>Counts and packs the names, once all lines are read.</summary>
    public void Close(IReadOnlyList<string> codes)
    {
        var names = new List<NamedVote>(Named);
        for (var seat = 0; seat < _votes.Length; seat++)
        {
            if (_votes[seat] != NotNamed)
            {
                names.Add(new NamedVote(codes[seat], (Vote)_votes[seat]));
            }
        }
        Named = names.Count;
        if (names.Exists(n => n.Vote != Vote.NonVoting))
        {
            Names = PackedNames.Pack(names);
            Counted = VoteTotals.FromVotes(names.Select(n => n.Vote));
        }
    }

    private string Hash()
    {
        object?[] all =
        [
            Id,
            Head.RecordId,
            Head.Symbol,
            Head.Session.Id,
            Head.Day.ToString("O", CultureInfo.InvariantCulture),
            Head.Title,
            Head.Draft,
            Head.CommitteeReport,
            Head.Meeting,
            Head.Agenda,
            Head.Subjects,
            Head.Url,
            Head.Yes,
            Head.No,
            Head.Abstain,
            Head.NonVoting,
            Head.Members,
            Note,
            Names,
            Named,
        ];
        // The unit separator occurs in no cell.
        var text = string.Join('\u001f', all.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static byte[] CreateVotes(int seats)
    {
        var votes = new byte[seats];
        Array.Fill(votes, NotNamed);
        return votes;
    }
}
