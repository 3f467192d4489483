namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an endpoint whose success has an ETag, although its requests are not conditional.</summary>
internal sealed record AnswersETag;
