namespace VoteTracker.Endpoints.Metadata;

/// <summary>The file that an endpoint accepts is a list, so the limit of other bodies applies to it.</summary>
internal sealed record SmallFile;
