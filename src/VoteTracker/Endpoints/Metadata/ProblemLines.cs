namespace VoteTracker.Endpoints.Metadata;

/// <summary>What a problem of this status lists, and the name of the list.</summary>
internal sealed record ProblemLines(int Status, Type Item, string Name = "lines");
