namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint whose responses have an ETag, and which answers 304.</summary>
internal sealed record ConditionalRead;
