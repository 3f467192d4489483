namespace VoteTracker.Voting.Learning;

/// <summary>
/// A past roll call with the probabilities that the model gives to its votes. The features only use roll calls of earlier
/// days; the coefficients are those of the model.
/// </summary>
internal sealed record ScoredRollCall
{
    /// <summary>Its index in the record.</summary>
    public required int RollCall { get; init; }

    /// <summary>The number of the day of the vote.</summary>
    public required int Day { get; init; }

    /// <summary>The votes by member index, or <see cref="Forecasts.VotingRecord.NotNamed"/>.</summary>
    public required byte[] Votes { get; init; }

    /// <summary>The probabilities from all that was known.</summary>
    public required ScoredView Warm { get; init; }

    /// <summary>The probabilities in the cold view: without resolutions that have almost the same title.</summary>
    public required ScoredView Cold { get; init; }
}

/// <summary>The probabilities of a past roll call in one view.</summary>
/// <param name="Novelty">The novelty of the resolution, 0 to 1.</param>
/// <param name="Chances">4 × the index of the member + the vote; 0 for members that are not named.</param>
internal sealed record ScoredView(double Novelty, float[] Chances);
