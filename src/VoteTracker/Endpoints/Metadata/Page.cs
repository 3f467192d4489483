namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint for readers with a browser: a page, or a form of a page. The contract does not have it.</summary>
internal sealed record Page;
