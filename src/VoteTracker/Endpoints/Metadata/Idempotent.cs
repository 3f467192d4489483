namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint that accepts an `Idempotency-Key`.</summary>
internal sealed record Idempotent;
