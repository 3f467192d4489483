namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint whose responses have an ETag, and which return 304.</summary>
internal sealed record ConditionalRead;
