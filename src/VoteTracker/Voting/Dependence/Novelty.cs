namespace VoteTracker.Voting.Dependence;

/// <summary>
/// How new the subject of a resolution is. Members deviate together from their record by more if a subject is new, so each
/// value has its own covariance of the factors.
/// </summary>
internal enum Novelty
{
    /// <summary>The Assembly voted recently on a text with nearly the same title.</summary>
    Repeated,

    /// <summary>The Assembly voted on a similar title, or longer ago.</summary>
    Related,

    /// <summary>There was no similar title. All resolutions of emergency special sessions count as new.</summary>
    New,
}

/// <summary>Converts a number to a novelty.</summary>
internal static class Novelties
{
    private const double MaxRepeated = 0.3;
    private const double MaxRelated = 0.6;

    /// <summary>The number of values.</summary>
    public const int Count = 3;

    /// <summary>The novelty of a number: 1 − the largest similarity of an earlier title × 2^(−years / 8).</summary>
    public static Novelty From(double novelty) =>
        novelty < MaxRepeated ? Novelty.Repeated
        : novelty < MaxRelated ? Novelty.Related
        : Novelty.New;
}
