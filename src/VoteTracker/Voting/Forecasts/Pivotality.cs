using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>How much the choice of one member would change the probability that the majority is reached.</summary>
public readonly record struct Pivotality(double Yes, double No, double Abstain)
{
    /// <summary>The probability if it certainly voted yes, minus the current probability.</summary>
    public double Yes { get; } = Yes;

    /// <summary>The same if it certainly voted no.</summary>
    public double No { get; } = No;

    /// <summary>The same if it certainly abstained or was absent.</summary>
    public double Abstain { get; } = Abstain;

    /// <summary>
    /// Computes the pivotality of each member, in their order; empty if the rule is not recorded. The distribution of all
    /// other members is built by recursive halving: one half is added, then half of the other, until one member is left
    /// out. This needs no division, which would lose precision, and stores one distribution for each level.
    /// </summary>
    public static IReadOnlyList<Pivotality> Compute(MajorityRule rule, IReadOnlyList<Chances> members)
    {
        if (rule == MajorityRule.NotRecorded || members.Count == 0)
        {
            return [];
        }
        if (Forecast.ProbabilityOf(rule, members) is not { } probability)
        {
            return [];
        }
        var result = new Pivotality[members.Count];
        var depth = 2;
        for (var size = members.Count; size > 1; size = (size + 1) / 2)
        {
            depth++;
        }
        var outside = new MarginChances[depth];
        for (var i = 0; i < depth; i++)
        {
            outside[i] = new MarginChances(rule, members.Count);
        }
        LeaveOut(0, members.Count, 0);
        return result;

        void LeaveOut(int first, int end, int level)
        {
            var others = outside[level];
            if (end - first == 1)
            {
                result[first] = new Pivotality(
                    others.ReachedWithYes() - probability,
                    others.ReachedWithNo() - probability,
                    others.Reached() - probability
                );
                return;
            }
            var middle = (first + end) / 2;
            AddTo(outside[level + 1], others, middle, end);
            LeaveOut(first, middle, level + 1);
            AddTo(outside[level + 1], others, first, middle);
            LeaveOut(middle, end, level + 1);
        }

        void AddTo(MarginChances more, MarginChances others, int first, int end)
        {
            more.CopyFrom(others);
            for (var i = first; i < end; i++)
            {
                more.Add(members[i]);
            }
        }
    }
}
