using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sharing;

/// <summary>What a share link shows.</summary>
public enum ShareScope
{
    /// <summary>The tally, the breakdown, and the pictures that show counts alone.</summary>
    Tally,

    /// <summary>Also the position of each member and its moves, without certainty, authors and evidence.</summary>
    Positions,
}

/// <summary>A link that shows a resolution without a key. Its address is not stored.</summary>
public sealed record ShareLink
{
    /// <summary>Its id, which is not secret.</summary>
    public required string Id { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>What it is for, such as the name of the recipient. Only coordinators see it.</summary>
    public required string Label { get; init; }

    /// <summary>What it shows.</summary>
    public required ShareScope Scope { get; init; }

    /// <summary>When it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it expires; null if it does not expire.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>
    /// The number of requests to its addresses, also of polls. Replicas write their counts every 10 seconds, so a count
    /// that was not written when a process ended is missing.
    /// </summary>
    public required long Uses { get; init; }

    /// <summary>The moment of the last of these requests; null if there was none.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A new link with its address, which is shown once.</summary>
public sealed record NewShareLink
{
    /// <summary>Its id, which is not secret.</summary>
    public required string Id { get; init; }

    /// <summary>The address of its page. Only the hash of its secret is stored, so it cannot be shown again.</summary>
    public required string Url { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>What it is for. Only coordinators see it.</summary>
    public required string Label { get; init; }

    /// <summary>What it shows.</summary>
    public required ShareScope Scope { get; init; }

    /// <summary>When it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it expires; null if it does not expire.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>What the scope of a link shows.</summary>
internal static class ShareScopes
{
    /// <summary>The visibility of a resolution that shows the same to the public.</summary>
    public static Visibility ToVisibility(this ShareScope scope) =>
        scope == ShareScope.Positions ? Visibility.Positions : Visibility.Tally;
}
