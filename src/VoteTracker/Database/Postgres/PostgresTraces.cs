namespace VoteTracker.Database.Postgres;

/// <summary>The spans of the driver: one for each statement.</summary>
internal static class PostgresTraces
{
    /// <summary>The name of the source of the spans.</summary>
    public const string Source = "Npgsql";
}
