namespace VoteTracker.Endpoints.Metadata;

/// <summary>What a problem's status means at an endpoint.</summary>
internal sealed record ProblemMeaning(int Status, string Meaning);
