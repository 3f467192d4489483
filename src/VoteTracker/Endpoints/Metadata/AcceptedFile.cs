namespace VoteTracker.Endpoints.Metadata;

/// <summary>The file that an endpoint accepts, for the contract.</summary>
internal sealed record AcceptedFile(string Description, IReadOnlyList<string> MediaTypes);
