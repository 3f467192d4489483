using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The content of a file.</summary>
internal sealed record VotingDataFile
{
    /// <summary>The resolutions, the oldest vote first.</summary>
    public required IReadOnlyList<VotingDataResolution> Resolutions { get; init; }

    public required long Lines { get; init; }
    public required long Votes { get; init; }
    public required IReadOnlyList<IgnoredColumn> IgnoredColumns { get; init; }
    public required ImportFindings Findings { get; init; }
}
