namespace VoteTracker.Features.Health;

/// <summary>The state of the service.</summary>
public sealed record ServiceHealth
{
    /// <summary>`live` or `ready`.</summary>
    public required string Status { get; init; }

    /// <summary>The database engine and its version; only of the readiness probe.</summary>
    public required string? Engine { get; init; }

    /// <summary>
    /// What an operator should correct although the service works, such as the clock of the machine; only of the readiness
    /// probe. Null if there is nothing.
    /// </summary>
    public required string? Warning { get; init; }
}
