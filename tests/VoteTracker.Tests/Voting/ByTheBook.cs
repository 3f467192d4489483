using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting;

/// <summary>The rules as the Charter words them, told another way than the service does, to compare it with.</summary>
internal static class ByTheBook
{
    public static readonly MajorityRule[] Rules = [MajorityRule.TwoThirds, MajorityRule.SimpleMajority];

    /// <summary>At least two thirds, or more than half, of those present and voting, of whom there is somebody.</summary>
    public static bool Reached(MajorityRule rule, int yes, int no)
    {
        var voting = yes + no;
        return voting > 0 && (rule == MajorityRule.TwoThirds ? 3 * yes >= 2 * voting : 2 * yes > voting);
    }

    /// <summary>The first number from 0 on that does.</summary>
    public static int First(Func<int, bool> does) => Enumerable.Range(0, 1_000).First(does);

    public static IEnumerable<(int Yes, int No)> Votes(int upTo) =>
        from yes in Enumerable.Range(0, upTo + 1)
        from no in Enumerable.Range(0, upTo + 1)
        select (yes, no);
}
