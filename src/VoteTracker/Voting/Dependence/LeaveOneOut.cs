using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Dependence;

/// <summary>
/// The probability of the majority in each case, if the vote of one member were certain and the other members kept their
/// chances.
/// </summary>
/// <remarks>
/// The members before each one are kept as distributions and the members after it as tails, so each of the three
/// probabilities is one sum of products.
/// </remarks>
internal sealed class LeaveOneOut
{
    private readonly int _count;
    private readonly double[] _withYes;
    private readonly double[] _withNo;
    private readonly double[] _without;

    private LeaveOneOut(VoteCases cases)
    {
        _count = cases.Count;
        _withYes = new double[cases.Members * cases.Count];
        _withNo = new double[_withYes.Length];
        _without = new double[_withYes.Length];
    }

    /// <summary>The probability in each case, if the member casts that vote.</summary>
    public ReadOnlySpan<double> ReachedWith(int member, Vote vote) =>
        (
            vote switch
            {
                Vote.Yes => _withYes,
                Vote.No => _withNo,
                _ => _without,
            }
        ).AsSpan(member * _count, _count);

    /// <summary>
    /// How much the vote of each member would change the probability by itself: the effect of the vote, and not of what it
    /// says about others.
    /// </summary>
    public IReadOnlyList<Pivotality> Pivotalities(double probability)
    {
        return
        [
            .. Enumerable
                .Range(0, _withYes.Length / _count)
                .Select(m => new Pivotality(
                    Mean(_withYes, m) - probability,
                    Mean(_withNo, m) - probability,
                    Mean(_without, m) - probability
                )),
        ];

        double Mean(double[] reached, int member)
        {
            var sum = 0d;
            foreach (var chance in reached.AsSpan(member * _count, _count))
            {
                sum += chance / _count;
            }
            return sum;
        }
    }

    /// <summary>Computes all probabilities; null if the rule is not recorded.</summary>
    public static LeaveOneOut? Compute(MajorityRule rule, VoteCases cases)
    {
        if (rule == MajorityRule.NotRecorded)
        {
            return null;
        }
        var (effect, threshold) = (rule.WeightOfNo(), rule.MissingYes(margin: 0));
        var result = new LeaveOneOut(cases);
        var before = new MarginRow(effect, cases.Members);
        var after = new TailRow(effect, cases.Members);
        var kept = new (int Low, double[] Chances, int Length, double Silent)[cases.Members];
        for (var m = 0; m < kept.Length; m++)
        {
            kept[m].Chances = new double[(effect + 1) * m + 1];
        }
        for (var i = 0; i < cases.Count; i++)
        {
            before.Clear();
            var silent = 1d;
            for (var m = 0; m < kept.Length; m++)
            {
                before.Chances.CopyTo(kept[m].Chances);
                (kept[m].Low, kept[m].Length, kept[m].Silent) = (before.Low, before.Chances.Length, silent);
                var (yes, no) = ChancesOf(m, i);
                before.Add(yes, no);
                silent *= Math.Max(0, 1 - yes - no);
            }
            after.Clear();
            silent = 1;
            for (var m = kept.Length - 1; m >= 0; m--)
            {
                var low = kept[m].Low;
                var others = kept[m].Chances.AsSpan(0, kept[m].Length);
                var at = m * cases.Count + i;
                var (withYes, withNo, without) = after.ChancesOf(low, others, threshold);
                (result._withYes[at], result._withNo[at]) = (withYes, withNo);
                // 0-0 has the margin 0, but does not reach the majority.
                result._without[at] = without - (threshold <= 0 ? kept[m].Silent * silent : 0);
                var (yes, no) = ChancesOf(m, i);
                after.Add(yes, no);
                silent *= Math.Max(0, 1 - yes - no);
            }
        }
        return result;

        (double Yes, double No) ChancesOf(int m, int i) =>
            (cases.ChancesOf(m, Vote.Yes)[i], cases.ChancesOf(m, Vote.No)[i]);
    }
}
