using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Learning;

/// <summary>
/// The roll calls of a record in the order of their votes, with the members by index. It is immutable, and adds to the
/// record only what the learned model needs.
/// </summary>
internal sealed class RollCallMatrix
{
    /// <summary>The number of different votes: yes, no, abstain, non-voting.</summary>
    public const int Votes = 4;

    private readonly int[] _days;
    private readonly ushort[][] _slots;
    private readonly int[] _sessions;
    private readonly Dictionary<string, int> _sessionIds = new(StringComparer.Ordinal);

    public RollCallMatrix(VotingRecord record)
    {
        Record = record;
        var count = record.Resolutions.Count;
        _days = [.. record.Resolutions.Select(resolution => resolution.Day.DayNumber)];
        _slots = new ushort[count][];
        _sessions = new int[count];
        for (var i = 0; i < count; i++)
        {
            var votes = record.VotesOn(i);
            _slots[i] =
            [
                .. Enumerable
                    .Range(0, votes.Length)
                    .Where(member => votes[member] != VotingRecord.NotNamed)
                    .Select(member => (ushort)(Votes * member + votes[member])),
            ];
            var session = record.Resolutions[i].Session;
            _sessionIds.TryAdd(session, _sessionIds.Count);
            _sessions[i] = _sessionIds[session];
        }
        Titles = new TextIndex(record.Resolutions.Select(resolution => ResolutionWords.Parse(resolution.Title)));
        Agendas = new TextIndex(
            record.Resolutions.Select(resolution => ResolutionWords.ParseAgenda(resolution.Agenda ?? ""))
        );
        Subjects = new TextIndex(
            record.Resolutions.Select(resolution => ResolutionWords.Parse(resolution.Subjects ?? ""))
        );
    }

    /// <summary>The record.</summary>
    public VotingRecord Record { get; }

    /// <summary>The number of roll calls.</summary>
    public int Count => _days.Length;

    /// <summary>The number of members that any roll call names.</summary>
    public int MemberCount => Record.MemberCount;

    /// <summary>The words of the titles.</summary>
    public TextIndex Titles { get; }

    /// <summary>The words of the agenda items; none if the record does not have them.</summary>
    public TextIndex Agendas { get; }

    /// <summary>The words of the Library's subjects; none if the record does not have them.</summary>
    public TextIndex Subjects { get; }

    /// <summary>The index of a member; null if no roll call names it.</summary>
    public int? IndexOf(string memberState) => Record.IndexOf(memberState);

    /// <summary>The votes by member index: the value of <see cref="Vote"/>, or <see cref="VotingRecord.NotNamed"/>.</summary>
    public byte[] VotesOn(int rollCall) => Record.VotesOn(rollCall);

    /// <summary>The votes of the named members, each as 4 × the member's index + the vote.</summary>
    public ushort[] SlotsOf(int rollCall) => _slots[rollCall];

    /// <summary>The number of the day of the vote.</summary>
    public int DayOf(int rollCall) => _days[rollCall];

    /// <summary>The calendar year of the vote.</summary>
    public int YearOf(int rollCall) => DateOnly.FromDayNumber(_days[rollCall]).Year;

    /// <summary>A number for the session.</summary>
    public int SessionOf(int rollCall) => _sessions[rollCall];

    /// <summary>The number of a session; −1 if no roll call is of it.</summary>
    public int SessionNumber(string session) => _sessionIds.GetValueOrDefault(session, -1);

    /// <summary>The number of roll calls before a day.</summary>
    public int CountBefore(int day)
    {
        var (low, high) = (0, _days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _days[middle] < day ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>Whether a session is an emergency special session.</summary>
    public static bool IsEmergency(string session) => session.StartsWith("es-", StringComparison.Ordinal);
}
