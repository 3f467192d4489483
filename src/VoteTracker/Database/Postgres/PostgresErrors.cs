using System.Data.Common;
using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>What the error codes of PostgreSQL mean for the service.</summary>
internal static class PostgresErrors
{
    /// <summary>The kind of a failure; null if the exception is not one of PostgreSQL's.</summary>
    public static DbFailure? Classify(DbException exception) =>
        exception switch
        {
            PostgresException { SqlState: "40001" or "40P01" } => DbFailure.Conflict,
            PostgresException postgres when IsLost(postgres) => DbFailure.Busy,
            // Insufficient resources, a lock timeout, the disk of the server.
            PostgresException { SqlState: ['5', '3' or '8', ..] or "55000" or "55P03" or "57014" } => DbFailure.Busy,
            // The server rejects the connection.
            PostgresException { SqlState: ['2', '8', ..] or "3D000" } => DbFailure.Busy,
            PostgresException => DbFailure.Statement,
            NpgsqlException or BrokenCommitException => DbFailure.Busy,
            _ => null,
        };

    /// <summary>Whether the connection cannot be used any more: it is closed, or the server is shut down or read-only.</summary>
    public static bool IsLost(NpgsqlException exception) =>
        exception is not PostgresException postgres
        || postgres.SqlState is "25006" or ['0', '8', ..] or ['5', '7', 'P', ..];
}
