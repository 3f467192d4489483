using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>A campaign on a PostgreSQL server, shared by as many replicas as there are.</summary>
internal sealed class PostgresEngine : IEngine
{
    private const int MostReaders = 16;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _readSource;
    private readonly NpgsqlDataSource _listenSource;
    private readonly PostgresSignals _signals;
    private readonly SemaphoreSlim _readers = new(MostReaders);

    public PostgresEngine(Settings settings, TimeProvider clock, ILogger log)
    {
        _settings = Parse(settings.Database);
        _source = Source(_settings, "-c idle_in_transaction_session_timeout=30s -c lock_timeout=10s");
        _readSource = Source(_settings, "-c default_transaction_read_only=on");
        // One that nothing comes from for a while is asked whether it is still there.
        _listenSource = Source(new(_settings.ConnectionString) { KeepAlive = 10, Pooling = false }, "");
        _signals = new PostgresSignals(_listenSource, Replica, clock, log);
        try
        {
            Version = WaitFor(TimeSpan.FromSeconds(settings.DatabaseWaitSeconds), log);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Version { get; }

    public string Location =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL at {_settings.Host}, port {_settings.Port}, database {_settings.Database ?? _settings.Username}"
        );

    public string Folder => Path.GetTempPath();

    public string Migrations => "Postgres";

    /// <summary>What this process calls itself, so that it knows its own signals.</summary>
    public string Replica { get; } = Guid.NewGuid().ToString("N");

    public IWriting OpenWriting() => new PostgresWriting(this);

    /// <summary>A connection for writes, not yet open.</summary>
    public NpgsqlConnection CreateWritingConnection() => _source.CreateConnection();

    /// <summary>Any number of replicas serve a database.</summary>
    public IDisposable? Serve() => null;

    public Task Probe() =>
        Read(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM schema_version"));

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        await _readers.WaitAsync();
        try
        {
            await using var inner = await BeginReading();
            await using var connection = new PostgresConnection(inner, isWriting: false);
            var result = await work(connection);
            await connection.ExecuteAsync("COMMIT");
            return result;
        }
        finally
        {
            _readers.Release();
        }
    }

    public TimeSpan? DisconnectedFor => _signals.DeafFor;

    public Task ListenToReplicas(Action<IReadOnlyCollection<string>> told, Func<Task> begins, CancellationToken stop) =>
        _signals.Listen(told, begins, stop);

    public async Task<IAsyncDisposable?> TryLease(string name) => await PostgresLease.TryTake(_listenSource, name);

    public string? FindPlace(DbConnection connection) => PostgresPlace.Load(connection);

    public Task<bool> IsEmpty() =>
        Read(async connection =>
            await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA()"
            ) == 0
        );

    public IReadOnlyList<TableShape> Tables(DbConnection connection) =>
        TableShape.FromColumns(
            connection.Query<(string, string, string)>(
                """
                SELECT c.table_name::text, c.column_name::text, c.data_type::text
                FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = CURRENT_SCHEMA() AND t.table_type = 'BASE TABLE'
                ORDER BY c.table_name, c.ordinal_position
                """
            ),
            connection.Query<(string, string)>(
                """
                SELECT r.relname::text, t.relname::text
                FROM pg_constraint c
                JOIN pg_class r ON r.oid = c.conrelid
                JOIN pg_class t ON t.oid = c.confrelid
                WHERE c.contype = 'f' AND c.connamespace = CURRENT_SCHEMA()::regnamespace
                """
            )
        );

    public void ResetSequences(DbConnection connection)
    {
        var numbered = connection
            .Query<(string Table, string Column)>(
                "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA() AND is_identity = 'YES'"
            )
            .ToList();
        foreach (var (table, column) in numbered)
        {
            connection.ExecuteScalar(
                $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}), FALSE)"
            );
        }
    }

    public IReadOnlyList<string> DescribeSchema(DbConnection connection) =>
        [
            .. connection.Query<string>(
                """
                SELECT
                    c.table_name || '.' || c.column_name || ' ' || c.data_type
                        || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
                        || COALESCE(' collate ' || c.collation_name, '')
                FROM information_schema.columns c
                WHERE c.table_schema = CURRENT_SCHEMA()
                ORDER BY c.table_name, c.column_name
                """
            ),
        ];

    /// <summary>Lets go of the connections that are kept: a server that was demoted still answers on them.</summary>
    public void ForgetConnections()
    {
        _source.Clear();
        _readSource.Clear();
    }

    /// <summary>What kind of failure it is; null where it is none of PostgreSQL's.</summary>
    public static DbFailure? Classify(DbException exception) =>
        exception switch
        {
            PostgresException { SqlState: "40001" or "40P01" } => DbFailure.Conflict,
            PostgresException postgres when IsLost(postgres) => DbFailure.Busy,
            // Resources, a lock that was not given, the server's own disk; or it lets nobody in.
            PostgresException { SqlState: ['5', '3' or '8', ..] or "55000" or "55P03" or "57014" } => DbFailure.Busy,
            PostgresException { SqlState: ['2', '8', ..] or "3D000" } => DbFailure.Busy,
            PostgresException => DbFailure.Statement,
            NpgsqlException or BrokenCommitException => DbFailure.Busy,
            _ => null,
        };

    /// <summary>Whether the connection is of no more use: gone, shut down, or to a server that takes no writes.</summary>
    public static bool IsLost(NpgsqlException exception) =>
        exception is not PostgresException postgres
        || postgres.SqlState is "25006" or ['0', '8', ..] or ['5', '7', 'P', ..];

    public void Dispose()
    {
        _source.Dispose();
        _readSource.Dispose();
        _listenSource.Dispose();
        _readers.Dispose();
    }

    private async Task<NpgsqlConnection> BeginReading()
    {
        for (var isFirst = true; ; isFirst = false)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = await _readSource.OpenConnectionAsync();
                await using var begin = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ", connection);
                await begin.ExecuteNonQueryAsync();
                return connection;
            }
            catch (NpgsqlException exception)
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync();
                }
                if (!isFirst || connection is null || !IsLost(exception))
                {
                    throw;
                }
                // It was kept from before the server went away.
                ForgetConnections();
            }
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString)
            {
                Enlist = false,
                PersistSecurityInfo = false,
                IncludeErrorDetail = false,
                NoResetOnClose = true,
            };
            settings.ApplicationName ??= "VoteTracker";
            settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 256 : settings.MaxAutoPrepare;
            settings.AutoPrepareMinUsages = 2;
            settings.MaxPoolSize = Math.Max(settings.MaxPoolSize, MostReaders);
            return settings;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // What it says of the string may have the password in it.
            throw new SettingException(
                "Database must be a PostgreSQL connection string, such as Host=db.example.org;Username=votetracker;Password=…;Database=votetracker."
            );
        }
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, string options)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        own.Options = string.IsNullOrEmpty(own.Options) ? options : $"{own.Options} {options}";
        own.TargetSessionAttributes = null;
        // Which host is the primary is asked anew every second: the ten of the default are ten without writes when a
        // standby was promoted.
        own.HostRecheckSeconds = Math.Min(own.HostRecheckSeconds, 1);
        var builder = new NpgsqlDataSourceBuilder(own.ConnectionString);
        return settings.Host!.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    private string WaitFor(TimeSpan wait, ILogger log)
    {
        var begun = Stopwatch.GetTimestamp();
        var told = false;
        while (true)
        {
            try
            {
                using var connection = _source.OpenConnection();
                return Check(connection);
            }
            catch (NpgsqlException exception) when (Hopeless(exception) is null)
            {
                if (Stopwatch.GetElapsedTime(begun) >= wait)
                {
                    throw new SettingException(
                        $"{Place} could not be reached for {wait.TotalSeconds:0} seconds: {exception.Message}"
                    );
                }
                if (!told)
                {
                    log.LogWarning(
                        "{Place} cannot be reached; waiting for it for up to {Seconds} seconds.",
                        Place,
                        wait.TotalSeconds
                    );
                    told = true;
                }
                Thread.Sleep(BetweenTries);
            }
            catch (NpgsqlException exception)
            {
                throw new SettingException(Hopeless(exception)!);
            }
        }
    }

    private string Check(NpgsqlConnection connection)
    {
        string Show(string what)
        {
            using var command = new NpgsqlCommand($"SHOW {what}", connection);
            return (string)command.ExecuteScalar()!;
        }

        if (Show("server_encoding") is not "UTF8" and var encoding)
        {
            throw new SettingException(
                $"The database {_settings.Database} has the encoding {encoding}, which cannot keep the names of all states: make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
            );
        }
        if (Show("transaction_read_only") == "on")
        {
            throw new SettingException(
                $"{Place} takes no writes: it is a standby or read-only. Name the primary, or all hosts of the cluster."
            );
        }
        return $"PostgreSQL {connection.ServerVersion}";
    }

    // What waiting does not mend, in a sentence; the password is in none.
    private string? Hopeless(NpgsqlException exception) =>
        exception is PostgresException postgres
            ? postgres.SqlState switch
            {
                ['2', '8', ..] =>
                    $"{Place} refuses the user {_settings.Username}: the password is wrong, or the user may not connect.",
                "3D000" =>
                    $"{Place} has no database {_settings.Database}: make it with CREATE DATABASE {_settings.Database} ENCODING 'UTF8' TEMPLATE template0.",
                ['5', '7', ..] or ['5', '3', ..] or ['0', '8', ..] => null,
                _ => $"{Place} cannot be used: {postgres.MessageText}.",
            }
            : null;

    private string Place => $"PostgreSQL at {_settings.Host}:{_settings.Port}";
}
