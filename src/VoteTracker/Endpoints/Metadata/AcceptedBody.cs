namespace VoteTracker.Endpoints.Metadata;

/// <summary>The body that an endpoint accepts, for the contract.</summary>
/// <remarks>
/// Routing reads the framework's own metadata for this. It would return 415 before the key is checked, and not as a
/// problem.
/// </remarks>
internal sealed record AcceptedBody(Type Type, params IReadOnlyList<string> MediaTypes);
