namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint without a limit: it is served from memory, or it is a probe.</summary>
internal sealed record FromMemory;
