using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VoteTracker.Database.Inspection;

namespace VoteTracker.Database.Postgres;

/// <summary>Reads the state of a server, through a connection of its own that cannot write.</summary>
internal static class ServerStateReader
{
    private const int TimeoutSeconds = 5;

    /// <summary>Inspects the server and the database of a connection string.</summary>
    public static async Task<DatabaseInspection> Load(string connectionString)
    {
        var settings = PostgresEngine.Parse(connectionString);
        var found = new DatabaseInspection
        {
            Location = string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL at {settings.Host}, port {settings.Port}, database {settings.Database ?? settings.Username}"
            ),
        };
        try
        {
            await using var connection = new NpgsqlConnection(ReadOnly(settings));
            await connection.OpenAsync();
            var server = await Load(connection, settings);
            var tables = await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM pg_tables WHERE schemaname = CURRENT_SCHEMA() AND tablename IN ('schema_version', 'resolution')"
            );
            // The server would only repeat that the role may not read them.
            return server.ForbiddenTables.Count > 0
                ? found with
                {
                    Server = server,
                }
                : found with
                {
                    Server = server,
                    Content = await ContentInspection.Load(connection, tables == 2, "Postgres"),
                };
        }
        catch (NpgsqlException exception)
        {
            return found with { Fault = new PostgresStart(settings, NullLogger.Instance).DescribeFault(exception) };
        }
    }

    private static string ReadOnly(NpgsqlConnectionStringBuilder settings)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 0,
            Timeout = TimeoutSeconds,
            CommandTimeout = TimeoutSeconds,
            Options = $"{settings.Options} -c default_transaction_read_only=on".Trim(),
        };
        if (settings.Host!.Contains(',', StringComparison.Ordinal))
        {
            own.TargetSessionAttributes = "prefer-primary";
        }
        return own.ConnectionString;
    }

    private static async Task<ServerState> Load(NpgsqlConnection connection, NpgsqlConnectionStringBuilder settings)
    {
        var before = DateTimeOffset.UtcNow;
        var row = await connection.QuerySingleAsync<Facts>(
            """
            SELECT
                CAST(CURRENT_SETTING('server_version_num') AS INTEGER) AS version,
                CURRENT_SETTING('server_encoding') AS encoding,
                pg_is_in_recovery() AS is_read_only,
                CONCAT_WS(', ',
                    CASE WHEN CURRENT_SETTING('fsync') = 'off' THEN 'fsync = off' END,
                    CASE WHEN CURRENT_SETTING('full_page_writes') = 'off' THEN 'full_page_writes = off' END,
                    CASE WHEN CURRENT_SETTING('synchronous_commit') = 'off' THEN 'synchronous_commit = off' END
                ) AS unsafe_parameters,
                CAST(CURRENT_USER AS TEXT) AS role,
                CURRENT_SETTING('is_superuser') = 'on' AS is_superuser,
                COALESCE(HAS_SCHEMA_PRIVILEGE(CURRENT_SCHEMA(), 'CREATE'), FALSE) AS can_create,
                CLOCK_TIMESTAMP() AS now,
                EXISTS (SELECT 1 FROM pg_stat_ssl WHERE pid = PG_BACKEND_PID() AND ssl) AS is_encrypted
            """
        );
        var after = DateTimeOffset.UtcNow;
        return new ServerState
        {
            Version = row.Version,
            Encoding = row.Encoding,
            IsReadOnly = row.IsReadOnly,
            UnsafeParameters = row.UnsafeParameters.Split(", ", StringSplitOptions.RemoveEmptyEntries),
            Role = row.Role,
            IsSuperuser = row.IsSuperuser,
            CanCreate = row.CanCreate,
            Now = row.Now,
            ReadAt = before + (after - before) / 2,
            IsConnectionPrivate = row.IsEncrypted || settings.Host!.Split(',').All(IsOnThisMachine),
            ForbiddenTables =
            [
                .. await connection.QueryAsync<string>(
                    """
                    SELECT CAST(c.relname AS TEXT)
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = CURRENT_SCHEMA() AND c.relkind IN ('r', 'p')
                        AND (
                            NOT HAS_TABLE_PRIVILEGE(c.oid, 'SELECT')
                            OR (c.relname NOT LIKE 'schema\_%' AND NOT HAS_TABLE_PRIVILEGE(c.oid, 'INSERT'))
                        )
                    ORDER BY 1
                    """
                ),
            ],
            Standbys =
            [
                .. await connection.QueryAsync<Standby>(
                    """
                    SELECT
                        CAST(COALESCE(NULLIF(application_name, ''), 'standby') AS TEXT) AS name,
                        COALESCE(state, 'unknown') AS state,
                        CAST(COALESCE(EXTRACT(EPOCH FROM replay_lag), 0) AS DOUBLE PRECISION) AS lag_seconds
                    FROM pg_stat_replication
                    ORDER BY 1
                    """
                ),
            ],
        };
    }

    private static bool IsOnThisMachine(string host) =>
        host.StartsWith('/')
        || host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("127.", StringComparison.Ordinal)
        || host.StartsWith("::1", StringComparison.Ordinal);

    private sealed record Facts
    {
        public int Version { get; init; }
        public string Encoding { get; init; } = "";
        public bool IsReadOnly { get; init; }
        public string UnsafeParameters { get; init; } = "";
        public string Role { get; init; } = "";
        public bool IsSuperuser { get; init; }
        public bool CanCreate { get; init; }
        public DateTimeOffset Now { get; init; }
        public bool IsEncrypted { get; init; }
    }
}
