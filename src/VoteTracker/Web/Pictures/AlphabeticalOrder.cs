using VoteTracker.Features.MemberStates;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>The order of the members' English names, in which the Assembly seats and calls them, in every language.</summary>
internal static class AlphabeticalOrder
{
    /// <summary>Sorts ballots by the English name of the member. Accents do not matter.</summary>
    public static IReadOnlyList<Ballot> List(IEnumerable<Ballot> ballots) =>
        [.. ballots.OrderBy(b => AssemblyOrder.KeyOf(b.MemberState), StringComparer.Ordinal)];
}
