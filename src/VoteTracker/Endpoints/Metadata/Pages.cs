namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint that returns a page of a list.</summary>
internal sealed record Pages;
