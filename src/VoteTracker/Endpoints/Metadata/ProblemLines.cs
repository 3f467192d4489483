namespace VoteTracker.Endpoints.Metadata;

/// <summary>What a problem of this status lists under `lines`.</summary>
internal sealed record ProblemLines(int Status, Type Item);
