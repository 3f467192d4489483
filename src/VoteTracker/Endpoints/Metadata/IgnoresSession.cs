namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint that never reads the cookie of a session: its response is the same for every reader.</summary>
internal sealed record IgnoresSession;
