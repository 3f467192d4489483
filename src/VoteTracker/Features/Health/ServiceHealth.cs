namespace VoteTracker.Features.Health;

/// <summary>How the service is.</summary>
public sealed record ServiceHealth
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>The database engine and its version, where it was asked.</summary>
    public required string? Engine { get; init; }
}
