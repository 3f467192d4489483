namespace VoteTracker.Endpoints.Metadata;

/// <summary>
/// Marks an endpoint that ignores query parameters it does not declare: probes and feeds, whose addresses collect them.
/// </summary>
internal sealed record IgnoresUnknownParameters;
