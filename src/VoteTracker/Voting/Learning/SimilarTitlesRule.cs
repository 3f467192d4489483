using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Learning;

/// <summary>
/// A simple rule to compare forecasts with: a member votes as on the resolutions with the most similar titles. The newest
/// weigh most, and a little of its own habit and of all members is added. Nothing is fitted.
/// </summary>
internal static class SimilarTitlesRule
{
    private const int Outcomes = RollCallMatrix.Votes;
    private const double Least = 0.01;
    private const double Habit = 2;
    private const double Little = 0.3;
    private static readonly Decay Similar = Decay.OfYears(4);
    private static readonly Decay Recent = Decay.OfYears(2);

    /// <summary>The chances of each member by index; the last is of a member without votes.</summary>
    public static Chances[] Predict(RollCallMatrix rollCalls, Similarities similarities, int day)
    {
        var slots = Outcomes * (rollCalls.MemberCount + 1);
        var (similar, recent) = (new double[slots], new double[slots]);
        for (var i = 0; i < similarities.Count; i++)
        {
            var days = day - rollCalls.DayOf(i);
            var title = similarities.Titles[i] * similarities.Titles[i];
            var (weight, age) = (title * title * Similar.After(days), Recent.After(days));
            foreach (var slot in rollCalls.SlotsOf(i))
            {
                similar[slot] += weight;
                recent[slot] += age;
            }
        }
        var all = Blend(Sum(recent), Least * Outcomes, [0.25, 0.25, 0.25, 0.25]);
        var alike = Blend(Sum(similar), 2 * Least, all);
        var chances = new Chances[rollCalls.MemberCount + 1];
        for (var member = 0; member < chances.Length; member++)
        {
            var own = Blend(recent.AsSpan(Outcomes * member, Outcomes), Habit, all);
            double[] prior = [.. own.Select((chance, vote) => (chance + alike[vote]) / 2)];
            var result = Blend(similar.AsSpan(Outcomes * member, Outcomes), Little, prior);
            chances[member] = Chances.Normalize(result[0], result[1], result[2], result[3]);
        }
        return chances;
    }

    private static double[] Sum(double[] counts)
    {
        var sum = new double[Outcomes];
        for (var slot = 0; slot < counts.Length; slot++)
        {
            sum[slot % Outcomes] += counts[slot];
        }
        return sum;
    }

    private static double[] Blend(ReadOnlySpan<double> counts, double weight, double[] prior)
    {
        var sum = counts[0] + counts[1] + counts[2] + counts[3] + weight;
        return
        [
            (counts[0] + weight * prior[0]) / sum,
            (counts[1] + weight * prior[1]) / sum,
            (counts[2] + weight * prior[2]) / sum,
            (counts[3] + weight * prior[3]) / sum,
        ];
    }
}
