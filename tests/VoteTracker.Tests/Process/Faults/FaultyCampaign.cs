using Npgsql;

namespace VoteTracker.Tests.Process.Faults;

/// <summary>A database with its own role, behind a proxy: faults of one test do not affect other tests.</summary>
internal sealed class FaultyCampaign : IDisposable
{
    // With more faults, a service on a busy machine would rarely commit.
    private const int AllOnceIn = 200;

    private readonly Folder _folder = new();
    private readonly PostgresServer _server;
    private readonly string _database;
    private readonly NpgsqlConnection _administrator;
    private int _terminated;
    private int _calls;

    public FaultyCampaign(PostgresServer server)
    {
        _server = server;
        _database = Databases.NameOf(_folder);
        Role = "role_" + _database;
        _administrator = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=False");
        _administrator.Open();
        Administer($"CREATE ROLE {Role} LOGIN");
        Administer($"CREATE DATABASE {_database} OWNER {Role}");
        Proxy = new CuttingProxy(server.Port);
    }

    /// <summary>The role as which the service connects.</summary>
    public string Role { get; }

    public CuttingProxy Proxy { get; }

    /// <summary>How many backends were terminated.</summary>
    public int Terminated => _terminated;

    /// <summary>Starts the service on this database, through the proxy.</summary>
    public Task<Service> Start() =>
        Service.Start(
            _folder,
            settings: ["--Database", $"Host=127.0.0.1;Port={Proxy.Port};Username={Role};Database={_database};Timeout=5"]
        );

    /// <summary>A direct connection to the server, without the proxy.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(_server.ConnectionString(_database) + ";Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Decrypts texts of this database.</summary>
    public IReadOnlyList<string> Decrypt(IEnumerable<string> stored) =>
        [.. DecryptedTexts.Decrypt(_server.ConnectionString(_database), [.. stored]).OfType<string>()];

    /// <summary>Runs a statement as the administrator of the server.</summary>
    public void Administer(string sql)
    {
#pragma warning disable CA2100 // Written in the tests.
        using var command = new NpgsqlCommand(sql, _administrator);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Terminates every backend of the service, whatever it does now.</summary>
    public void TerminateBackends() => Terminate("%");

    /// <summary>Terminates the backends of the service that commit now or have just committed; now and then, all of them.</summary>
    public void TerminateCommittingBackends() => Terminate(_calls++ % AllOnceIn == 0 ? "%" : "%COMMIT%");

    private void Terminate(string query)
    {
        using var command = new NpgsqlCommand(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = $1 AND query LIKE $2",
            _administrator
        )
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = Role },
                new NpgsqlParameter<string> { TypedValue = query },
            },
        };
        _terminated += (int)(long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        Proxy.Dispose();
        _server.Drop(_database);
        Administer($"DROP ROLE {Role}");
        _administrator.Dispose();
        _folder.Dispose();
    }
}
