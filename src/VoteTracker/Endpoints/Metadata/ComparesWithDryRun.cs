namespace VoteTracker.Endpoints.Metadata;

/// <summary>Marks an import whose dry run has an ETag, which the import can name in If-Match.</summary>
internal sealed record ComparesWithDryRun;
