using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Learning;

/// <summary>The features of the members in a past roll call, in one view, and their votes.</summary>
internal sealed class TrainingRow
{
    private TrainingRow(double novelty, int[] named, MemberFeatureRows features, byte[] choices, byte[] attendance) =>
        (Novelty, Named, Features, Choices, Attendance) = (novelty, named, features, choices, attendance);

    /// <summary>The novelty of the resolution in this view.</summary>
    public double Novelty { get; }

    /// <summary>The named members.</summary>
    public int[] Named { get; }

    /// <summary>Their features.</summary>
    public MemberFeatureRows Features { get; }

    /// <summary>How each of them voted; <see cref="ConditionalLogit.None"/> if it did not vote.</summary>
    public byte[] Choices { get; }

    /// <summary>0 for each of them that did not vote, 1 if it voted.</summary>
    public byte[] Attendance { get; }

    /// <summary>The features before a roll call.</summary>
    public static TrainingRow Create(KernelCounts counts, byte[] votes)
    {
        int[] named = [.. Enumerable.Range(0, votes.Length).Where(member => votes[member] != VotingRecord.NotNamed)];
        return new TrainingRow(
            counts.Novelty,
            named,
            MemberFeatureRows.Create(new MemberFeatures(counts), named),
            [.. named.Select(m => votes[m] == (byte)Vote.NonVoting ? ConditionalLogit.None : votes[m])],
            [.. named.Select(m => votes[m] == (byte)Vote.NonVoting ? (byte)0 : (byte)1)]
        );
    }
}

/// <summary>The features of several members, one after the other.</summary>
/// <param name="OfVotes">Of yes, no and abstain.</param>
/// <param name="OfAbsence">Of non-voting.</param>
internal sealed record MemberFeatureRows(float[] OfVotes, float[] OfAbsence)
{
    private const int Outcomes = RollCallMatrix.Votes;
    private const int Choices = Outcomes - 1;
    private const int Width = Choices * MemberFeatures.OfVotes;

    /// <summary>The features of these members.</summary>
    public static MemberFeatureRows Create(MemberFeatures features, ReadOnlySpan<int> members)
    {
        var rows = new MemberFeatureRows(
            new float[Width * members.Length],
            new float[MemberFeatures.OfAbsence * members.Length]
        );
        for (var i = 0; i < members.Length; i++)
        {
            features.WriteVotes(members[i], rows.OfVotes.AsSpan(Width * i, Width));
            features.WriteAbsence(members[i], rows.Absence(i));
        }
        return rows;
    }

    /// <summary>The probabilities of the four votes of each of the members, one after the other.</summary>
    public double[] Predict(LogitCoefficients coefficients)
    {
        var chances = new double[Outcomes * OfAbsence.Length / MemberFeatures.OfAbsence];
        Span<double> absent = stackalloc double[1];
        for (var (i, at) = (0, 0); at < chances.Length; i++, at += Outcomes)
        {
            ConditionalLogit.Predict(
                coefficients.OfVotes,
                OfVotes.AsSpan(Width * i, Width),
                hasReference: false,
                chances.AsSpan(at, Choices)
            );
            ConditionalLogit.Predict(coefficients.OfAbsence, Absence(i), hasReference: true, absent);
            for (var choice = 0; choice < Choices; choice++)
            {
                chances[at + choice] *= 1 - absent[0];
            }
            chances[at + Choices] = absent[0];
        }
        return chances;
    }

    private Span<float> Absence(int i) => OfAbsence.AsSpan(MemberFeatures.OfAbsence * i, MemberFeatures.OfAbsence);
}

/// <summary>The fitted coefficients.</summary>
/// <param name="OfVotes">Of how a member votes.</param>
/// <param name="OfAbsence">Of whether a member votes.</param>
internal sealed record LogitCoefficients(double[] OfVotes, double[] OfAbsence);
