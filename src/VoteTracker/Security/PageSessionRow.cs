namespace VoteTracker.Security;

/// <summary>A stored session of a browser.</summary>
internal sealed record PageSessionRow
{
    public string KeyHash { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The moment from which the time without a use counts.</summary>
    public DateTimeOffset LastUse => UsedAt ?? CreatedAt;
}
