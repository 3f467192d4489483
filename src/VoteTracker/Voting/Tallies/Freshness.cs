namespace VoteTracker.Voting.Tallies;

/// <summary>
/// How long standings are current without a change of the resolution: a date alone can change which members may vote.
/// </summary>
/// <param name="ChangedOn">The last day since the last change on which a date changed which members may vote; null if there is none.</param>
/// <param name="ExpiresAt">The moment at which a date will change which members may vote.</param>
public sealed record Freshness(DateOnly? ChangedOn, DateTimeOffset ExpiresAt);
