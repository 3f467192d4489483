namespace VoteTracker.Features.Health;

/// <summary>The state of the service.</summary>
public sealed record ServiceHealth
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>The database engine and its version; only of the readiness probe.</summary>
    public required string? Engine { get; init; }
}
