using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.KnownStances;

/// <summary>A known stance as evidence.</summary>
/// <param name="Member">The index of the member in the record.</param>
/// <param name="Vote">The vote that it promises.</param>
/// <param name="Weight">The weight from 0 to 1: the probability that the position is kept.</param>
/// <param name="Chances">The four chances of the member from its record.</param>
internal sealed record StanceEvidence(int Member, Vote Vote, double Weight, double[] Chances);

/// <summary>What all known stances on a resolution have in common.</summary>
internal sealed class KnownEvidence
{
    private const int Outcomes = 4;
    private const double ResidualPrior = 5;
    private const double ShiftPrior = 2;

    public KnownEvidence(IReadOnlyList<StanceEvidence> known)
    {
        Weight = known.Sum(stance => stance.Weight);
        Coefficients = StanceKernel.CoefficientsFor(Weight);
        for (var c = 0; c < Outcomes; c++)
        {
            var (votes, expected) = (0d, 0d);
            foreach (var stance in known)
            {
                votes += stance.Weight * (c == (int)stance.Vote ? 1 : 0);
                expected += stance.Weight * stance.Chances[c];
            }
            MeanResidual[c] = (votes - expected) / (Weight + ResidualPrior);
            Shift[c] = Math.Log((votes + ShiftPrior) / (expected + ShiftPrior));
        }
    }

    /// <summary>The sum of the weights.</summary>
    public double Weight { get; }

    /// <summary>The coefficients for this weight.</summary>
    public double[] Coefficients { get; }

    /// <summary>The mean difference between the stances and what the record expected.</summary>
    public double[] MeanResidual { get; } = new double[Outcomes];

    /// <summary>The logarithm of the number of stances over the expected number.</summary>
    public double[] Shift { get; } = new double[Outcomes];
}
