using System.Data.Common;
using Dapper;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// Distinguishes a database from its copies. Clusters have different system identifiers. A promoted standby and a recovery
/// to a point in time have another timeline. A restored dump has another database or other tables.
/// </summary>
internal static class PostgresPlace
{
    /// <summary>The place as text to compare; null on a server that is a standby.</summary>
    public static string? Load(DbConnection connection) =>
        connection.ExecuteScalar<string?>(
            """
            SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE
                'system ' || (SELECT system_identifier FROM pg_control_system())
                    -- The control file names the timeline of the last checkpoint, which can be the one before.
                    || ' timeline ' || SUBSTR(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
                    || ' database ' || d.oid
                    || ' table ' || CAST(CAST('incarnation' AS REGCLASS) AS OID)
            END
            FROM pg_database d
            WHERE d.datname = CURRENT_DATABASE()
            """
        );
}
