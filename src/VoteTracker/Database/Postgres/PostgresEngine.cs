using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;
using VoteTracker.Database.Encryption;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// A database on a PostgreSQL server, shared by any number of replicas. Over 200 lines because it has every operation of an
/// engine.
/// </summary>
internal sealed class PostgresEngine : IEngine
{
    private const int MaxReaders = 16;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _readSource;
    private readonly NpgsqlDataSource _listenSource;
    private readonly PostgresSignals _signals;
    private readonly SemaphoreSlim _readers = new(MaxReaders);

    public PostgresEngine(Settings settings, TimeProvider clock, ILogger log)
    {
        _settings = Parse(settings.Database);
        _source = CreateSource(_settings, "-c idle_in_transaction_session_timeout=30s -c lock_timeout=10s");
        _readSource = CreateSource(_settings, "-c default_transaction_read_only=on");
        // The keepalive detects a connection that was lost while nothing was received.
        _listenSource = CreateSource(new(_settings.ConnectionString) { KeepAlive = 10, Pooling = false }, "");
        _signals = new PostgresSignals(_listenSource, Replica, clock, log);
        try
        {
            Version = new PostgresStart(_settings, log).WaitForServer(
                _source,
                TimeSpan.FromSeconds(settings.DatabaseWaitSeconds)
            );
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

    public bool IsLocal => false;

    /// <summary>The name of this process, by which it recognizes its own notifications.</summary>
    public string Replica { get; } = Guid.NewGuid().ToString("N");

    public PersonalTexts Texts { get; } = new();

    public IWriting OpenWriting() => new PostgresWriting(this);

    /// <summary>A connection for writes, not yet open.</summary>
    public NpgsqlConnection CreateWritingConnection() => _source.CreateConnection();

    /// <summary>Returns null: any number of replicas can serve a database.</summary>
    public IDisposable? LockForServing() => null;

    public Task Probe() =>
        Read(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM schema_version"));

    public Task<DatabaseSize> LoadSize() =>
        Read(async connection => new DatabaseSize(
            await connection.ExecuteScalarAsync<long>("SELECT pg_database_size(CURRENT_DATABASE())"),
            Log: null
        ));

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work)
    {
        await _readers.WaitAsync();
        try
        {
            await using var inner = await BeginReading();
            await using var connection = new PostgresConnection(inner, isWriter: false, Texts);
            var result = await work(connection);
            await connection.ExecuteAsync("COMMIT");
            return result;
        }
        finally
        {
            _readers.Release();
        }
    }

    public TimeSpan? DisconnectedFor => _signals.DisconnectedFor;

    public Task ListenToReplicas(
        Action<IReadOnlyCollection<string>> onCommitted,
        Func<Task> onConnected,
        CancellationToken stop
    ) => _signals.Listen(onCommitted, onConnected, stop);

    public async Task<IAsyncDisposable?> TryLease(string name) => await PostgresLease.TryTake(_listenSource, name);

    public string? FindPlace(DbConnection connection) => PostgresPlace.Load(connection);

    public Task<bool> IsEmpty() =>
        Read(async connection =>
            await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA()"
            ) == 0
        );

    public bool HasTable(DbConnection connection, string name) => PostgresSchema.HasTable(connection, name);

    public IReadOnlyList<string> ListForbiddenTables(DbConnection connection) =>
        PostgresSchema.ListForbiddenTables(connection);

    public async Task<DateTimeOffset?> FindClock() =>
        await Read(connection => connection.ExecuteScalarAsync<DateTimeOffset>("SELECT clock_timestamp()"));

    public IReadOnlyList<TableShape> Tables(DbConnection connection) => PostgresSchema.Tables(connection);

    public void ResetSequences(DbConnection connection) => PostgresSchema.ResetSequences(connection);

    public IReadOnlyList<string> DescribeSchema(DbConnection connection) => PostgresSchema.Describe(connection);

    public void CopyTo(string file) =>
        throw new SettingException(
            "Back up a campaign on PostgreSQL with PostgreSQL's own tools: pg_dump or pg_basebackup. src/operations/backup.md shows how."
        );

    /// <summary>Closes the pooled connections, on which a server that was demoted still responds.</summary>
    public void ClearPools()
    {
        _source.Clear();
        _readSource.Clear();
    }

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
                if (!isFirst || connection is null || !PostgresErrors.IsLost(exception))
                {
                    throw;
                }
                // The pooled connection is from before the server stopped.
                ClearPools();
            }
        }
    }

    /// <summary>The settings of a connection string; a <see cref="SettingException"/> if it is malformed.</summary>
    internal static NpgsqlConnectionStringBuilder Parse(string connectionString)
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
            settings.MaxPoolSize = Math.Max(settings.MaxPoolSize, MaxReaders);
            return settings;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The message can contain the password.
            throw new SettingException(
                "Database must be a PostgreSQL connection string, such as Host=db.example.org;Username=votetracker;Password=…;Database=votetracker."
            );
        }
    }

    private static NpgsqlDataSource CreateSource(NpgsqlConnectionStringBuilder settings, string options)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        own.Options = string.IsNullOrEmpty(own.Options) ? options : $"{own.Options} {options}";
        own.TargetSessionAttributes = null;
        // With the default of ten seconds, writes would fail for ten seconds after a standby was promoted.
        own.HostRecheckSeconds = Math.Min(own.HostRecheckSeconds, 1);
        var builder = new NpgsqlDataSourceBuilder(own.ConnectionString);
        return settings.Host!.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }
}
