namespace VoteTracker.Database.Telemetry;

/// <summary>The size of the database in bytes.</summary>
/// <param name="Database">The database; null if it is only in memory.</param>
/// <param name="Log">The write-ahead log of SQLite; null for PostgreSQL, where all databases of a server share one.</param>
internal sealed record DatabaseSize(long? Database, long? Log);
