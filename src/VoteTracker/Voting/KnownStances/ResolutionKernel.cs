using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.KnownStances;

/// <summary>The kernel of known stances for one resolution, with the roll calls before it.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="similarities">The similarities of the resolution to the roll calls before it.</param>
/// <param name="day">The number of its day.</param>
/// <param name="session">The number of its emergency special session; −1 in a regular session.</param>
internal sealed class ResolutionKernel(StanceKernel kernel, Similarities similarities, int day, int session)
{
    private const int Outcomes = RollCallMatrix.Votes;
    private const int MaxDays = 12 * 365;
    private const double MaxVotes = 8;
    private const double Prior = 0.7;

    // The logarithms of the probabilities that a member votes as on a similar resolution, and that it gives one of the two
    // other votes. Votes on one resolution are not independent, so they count about a third.
    private static readonly double Alike = 0.35 * Math.Log(0.93);
    private static readonly double Different = 0.35 * Math.Log(0.035);
    private static readonly Decay HalfLife = Decay.OfYears(6);

    private readonly RollCallMatrix _rollCalls = kernel.RollCalls;

    /// <summary>Predicts members from their record and the known stances.</summary>
    /// <param name="known">The known stances, which are not empty.</param>
    /// <param name="members">The members by index, with their four chances from the record.</param>
    /// <returns>The four chances of each of these members.</returns>
    public IReadOnlyList<double[]> Predict(
        IReadOnlyList<StanceEvidence> known,
        IReadOnlyList<(int Member, double[] Chances)> members
    )
    {
        var evidence = new KnownEvidence(known);
        var counts = CountMatches(known);
        Span<double> matches = stackalloc double[Outcomes];
        var result = new List<double[]>(members.Count);
        foreach (var (member, record) in members)
        {
            double[] chances = [.. record];
            var count = counts.AsSpan(Outcomes * member, Outcomes);
            var sum = Prior;
            foreach (var votes in count)
            {
                sum += votes;
            }
            for (var c = 0; c < Outcomes; c++)
            {
                matches[c] = Math.Log((count[c] + Prior * Math.Max(chances[c], 1e-5)) / sum);
            }
            kernel.Predict(member, known, evidence, matches, chances);
            result.Add(chances);
        }
        return result;
    }

    // The votes of all members on past roll calls, weighted by how well these fit the known stances.
    private double[] CountMatches(IReadOnlyList<StanceEvidence> known)
    {
        var first = _rollCalls.CountBefore(day - MaxDays);
        var weights = new double[similarities.Count];
        var largest = double.NegativeInfinity;
        for (var j = first; j < weights.Length; j++)
        {
            weights[j] = FitOf(_rollCalls.VotesOn(j), known);
            largest = Math.Max(largest, weights[j]);
        }
        var (sum, squares) = (0d, 0d);
        for (var j = first; j < weights.Length; j++)
        {
            weights[j] =
                Math.Exp(weights[j] - largest)
                * HalfLife.After(day - _rollCalls.DayOf(j))
                * (
                    0.15
                    + similarities.Titles[j]
                    + (similarities.Agendas[j] > 0.8 ? 0.5 : 0)
                    + (session >= 0 && _rollCalls.SessionOf(j) == session ? 0.7 : 0)
                );
            sum += weights[j];
            squares += weights[j] * weights[j];
        }
        var counts = new double[Outcomes * _rollCalls.MemberCount];
        if (sum <= 0)
        {
            return counts;
        }
        var scale = Math.Min(sum * sum / squares, MaxVotes) / sum;
        for (var j = first; j < weights.Length; j++)
        {
            foreach (var slot in _rollCalls.SlotsOf(j))
            {
                counts[slot] += scale * weights[j];
            }
        }
        return counts;
    }

    private static double FitOf(byte[] votes, IReadOnlyList<StanceEvidence> known)
    {
        var fit = 0d;
        foreach (var stance in known)
        {
            // Absences say little about the subject.
            var vote = votes[stance.Member];
            if (stance.Vote != Vote.NonVoting && vote < (byte)Vote.NonVoting)
            {
                fit += stance.Weight * (vote == (byte)stance.Vote ? Alike : Different);
            }
        }
        return fit;
    }
}
