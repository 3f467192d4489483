using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting;

/// <summary>The rules in the words of the Charter, as a second implementation to compare with.</summary>
internal static class ByTheBook
{
    public static readonly MajorityRule[] Rules = [MajorityRule.TwoThirds, MajorityRule.SimpleMajority];

    /// <summary>At least two thirds, or more than half, of at least one member present and voting.</summary>
    public static bool Reached(MajorityRule rule, int yes, int no)
    {
        var voting = yes + no;
        return voting > 0 && (rule == MajorityRule.TwoThirds ? 3 * yes >= 2 * voting : 2 * yes > voting);
    }

    /// <summary>The first number from 0 on that meets the condition.</summary>
    public static int First(Func<int, bool> does) => Enumerable.Range(0, 1_000).First(does);

    public static IEnumerable<(int Yes, int No)> Votes(int upTo) =>
        from yes in Enumerable.Range(0, upTo + 1)
        from no in Enumerable.Range(0, upTo + 1)
        select (yes, no);
}
