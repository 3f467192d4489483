namespace VoteTracker.Voting.Learning;

/// <summary>
/// Turns kernel counts into the features of the two logits: the logarithms of smoothed shares of yes, no and abstain, and
/// the log odds of smoothed shares of non-voting.
/// </summary>
internal sealed class MemberFeatures
{
    /// <summary>The number of features of how a member votes.</summary>
    public const int OfVotes = 19;

    /// <summary>The number of features of whether a member votes.</summary>
    public const int OfAbsence = 18;

    private const int Outcomes = RollCallMatrix.Votes;
    private const int Choices = Outcomes - 1;
    private const int NonVoting = Outcomes - 1;

    private readonly KernelCounts _counts;
    private readonly double[] _base;
    private readonly double[][] _all;
    private readonly double[][] _crowds;
    private readonly double _absent;

    public MemberFeatures(KernelCounts counts)
    {
        _counts = counts;
        _all = [.. Enum.GetValues<Kernel>().Select(kernel => Sum(counts[kernel]))];
        var years = _all[(int)Kernel.Years];
        _base = Shares([years[0] + 0.01, years[1] + 0.01, years[2] + 0.01], 0, [0, 0, 0]);
        _absent = (years[NonVoting] + 0.5) / (years.Sum() + 10);
        _crowds = Array.ConvertAll(_all, all => Shares(all.AsSpan(0, Choices), 1, _base));
    }

    /// <summary>The expected coefficients of <see cref="WriteVotes"/>, before any votes.</summary>
    public static double[] PriorOfVotes { get; } = Prior(OfVotes, (1, 0.4), (8, 0.1));

    /// <summary>The expected coefficients of <see cref="WriteAbsence"/>, before any votes.</summary>
    public static double[] PriorOfAbsence { get; } = Prior(OfAbsence, (1, 0.3), (2, 0.3), (6, 0.3));

    /// <summary>Writes the features of yes, no and abstain, one after the other.</summary>
    public void WriteVotes(int member, Span<float> features)
    {
        var at = Outcomes * member;
        var similarTitle = _crowds[(int)Kernel.SimilarTitle];
        var titleAndAgenda = _crowds[(int)Kernel.TitleAndAgenda];
        var neighbours = Of(Kernel.NeighboursByYears, 1, _base);
        var own = Of(Kernel.Years, 2, Mix(0.5, neighbours, _base));
        var byTitle = Of(Kernel.NeighboursByTitle, 0.1, Mix(0.3, own, similarTitle));
        var byAgenda = Of(Kernel.NeighboursByTitleAndAgenda, 0.1, Mix(0.3, own, titleAndAgenda));
        var byNewer = Of(Kernel.NeighboursByNewer, 0.1, Mix(0.3, own, _crowds[(int)Kernel.Newer]));
        double[][] shares =
        [
            Of(Kernel.SameTitle, 0.15, byTitle),
            Of(Kernel.SimilarTitle, 0.3, byTitle),
            Of(Kernel.TitleAndAgenda, 0.2, byAgenda),
            Of(Kernel.Newest, 0.2, byNewer),
            own,
            byAgenda,
            byNewer,
            _crowds[(int)Kernel.SameTitle],
            titleAndAgenda,
            _base,
        ];
        var novelty = _counts.Novelty;
        for (var choice = 0; choice < Choices; choice++)
        {
            var row = features.Slice(OfVotes * choice, OfVotes);
            for (var i = 0; i < shares.Length; i++)
            {
                row[i] = (float)Math.Log(shares[i][choice]);
            }
            var (no, abstain) = (choice == 1 ? 1f : 0, choice == 2 ? 1f : 0);
            (row[10], row[11]) = (no, abstain);
            row[12] = (float)(row[0] * novelty);
            row[13] = (float)(row[1] * novelty);
            row[14] = (float)(row[2] * novelty);
            row[15] = (float)(row[5] * novelty);
            row[16] = (float)(Math.Log(similarTitle[choice]) * novelty);
            row[17] = (float)(no * novelty);
            row[18] = (float)(abstain * novelty);
        }

        double[] Of(Kernel kernel, double weight, double[] prior) =>
            Shares(_counts[kernel].AsSpan(at, Choices), weight, prior);
    }

    /// <summary>Writes the features of non-voting.</summary>
    public void WriteAbsence(int member, Span<float> features)
    {
        var at = Outcomes * member;
        var own = Of(Kernel.Years, 2, _absent);
        features[0] = 1;
        features[1] = Odds(own);
        features[2] = Odds(Of(Kernel.Months, 2, own));
        features[3] = Odds(Of(Kernel.Days, 2, own));
        features[4] = Odds(Of(Kernel.SameTitle, 0.5, own));
        features[5] = Crowd(Kernel.SameTitle, 1);
        features[6] = Odds(Of(Kernel.SimilarTitle, 0.5, own));
        features[7] = Crowd(Kernel.SimilarTitle, 1);
        features[8] = Odds(Of(Kernel.TitleAndAgenda, 0.5, own));
        features[9] = Crowd(Kernel.TitleAndAgenda, 1);
        features[10] = Odds(Of(Kernel.Agenda, 0.5, own));
        features[11] = Crowd(Kernel.Agenda, 1);
        features[12] = Odds(Of(Kernel.Newer, 0.5, own));
        features[13] = Crowd(Kernel.Newer, 1);
        features[14] = Odds(Of(Kernel.NeighboursByTitle, 0.5, _absent));
        features[15] = Odds(_absent);
        features[16] = (float)_counts.Novelty;
        features[17] = Crowd(Kernel.Days, 5);

        double Of(Kernel kernel, double weight, double prior) =>
            Absent(_counts[kernel].AsSpan(at, Outcomes), weight, prior);

        float Crowd(Kernel kernel, double weight) => Odds(Absent(_all[(int)kernel], weight, _absent));
    }

    private static double[] Prior(int count, params ReadOnlySpan<(int Feature, double Value)> values)
    {
        var prior = new double[count];
        foreach (var (feature, value) in values)
        {
            prior[feature] = value;
        }
        return prior;
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

    private static double[] Mix(double share, double[] a, double[] b) =>
        [share * a[0] + (1 - share) * b[0], share * a[1] + (1 - share) * b[1], share * a[2] + (1 - share) * b[2]];

    private static double[] Shares(ReadOnlySpan<double> votes, double weight, double[] prior)
    {
        var sum = votes[0] + votes[1] + votes[2] + weight;
        return
        [
            (votes[0] + weight * prior[0]) / sum,
            (votes[1] + weight * prior[1]) / sum,
            (votes[2] + weight * prior[2]) / sum,
        ];
    }

    private static double Absent(ReadOnlySpan<double> votes, double weight, double prior) =>
        (votes[NonVoting] + weight * prior) / (votes[0] + votes[1] + votes[2] + votes[NonVoting] + weight);

    private static float Odds(double chance) => (float)Math.Log(chance / (1 - chance));
}
