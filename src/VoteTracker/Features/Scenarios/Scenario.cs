using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Scenarios;

/// <summary>A scenario that the campaign saved under a name.</summary>
public sealed record Scenario
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Its name, 1 to 64 of a-z, 0-9 and inner hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The assumed changes.</summary>
    public required IReadOnlyList<ScenarioChange> Changes { get; init; }

    /// <summary>Its own version, which every change raises; the ETag. It continues after a DELETE.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}
