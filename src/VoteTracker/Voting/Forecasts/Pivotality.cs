using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>How much one member's word would change the chance that the majority is reached.</summary>
public readonly record struct Pivotality(double Yes, double No, double Abstain)
{
    /// <summary>The chance if it surely said yes, less the chance as it is.</summary>
    public double Yes { get; } = Yes;

    /// <summary>The same if it surely said no.</summary>
    public double No { get; } = No;

    /// <summary>The same if it surely abstained, or stayed away.</summary>
    public double Abstain { get; } = Abstain;

    /// <summary>
    /// Of each of these members, in their order; empty where the rule is not recorded. What each would change is counted
    /// with all the others as they are: halves of the assembly are added to what lies outside of them, halves of halves
    /// to that, until one is left out. So nothing is divided out again, which would lose digits, and as little is kept as
    /// there are halvings.
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
