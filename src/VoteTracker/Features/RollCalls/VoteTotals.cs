using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Totals of a vote; null if the record does not have one.</summary>
public sealed record VoteTotals
{
    /// <summary>Yes.</summary>
    public required int Yes { get; init; }

    /// <summary>No.</summary>
    public required int No { get; init; }

    /// <summary>Abstentions.</summary>
    public required int? Abstain { get; init; }

    /// <summary>Non-voting.</summary>
    public required int? NonVoting { get; init; }

    internal static VoteTotals FromVotes(IEnumerable<RecordedVote> votes) => FromVotes(votes.Select(v => v.Vote));

    internal static VoteTotals FromVotes(IEnumerable<Vote> votes)
    {
        var counts = votes.CountBy(v => v).ToDictionary();
        return new VoteTotals
        {
            Yes = counts.GetValueOrDefault(Vote.Yes),
            No = counts.GetValueOrDefault(Vote.No),
            Abstain = counts.GetValueOrDefault(Vote.Abstain),
            NonVoting = counts.GetValueOrDefault(Vote.NonVoting),
        };
    }

    internal bool Agrees(VoteTotals other) =>
        Yes == other.Yes
        && No == other.No
        && (Abstain is null || other.Abstain is null || Abstain == other.Abstain)
        && (NonVoting is null || other.NonVoting is null || NonVoting == other.NonVoting);

    /// <summary>The totals as they are announced: 121-14-44.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Yes}-{No}-{(Abstain is { } a ? a.ToString(CultureInfo.InvariantCulture) : "?")}"
        );
}
