using Npgsql;

namespace VoteTracker.Tests.Process.Faults;

/// <summary>A database with a role of its own, behind a proxy: faults of one test do not reach the other tests.</summary>
internal sealed class FaultyCampaign : IDisposable
{
    private readonly Folder _folder = new();
    private readonly NpgsqlConnection _administrator;
    private int _terminated;
    private int _calls;

    public FaultyCampaign()
    {
        var database = Databases.NameOf(Folder);
        Role = "role_" + database;
        Databases.MakeEmpty(Folder);
        _administrator = new NpgsqlConnection(PostgresServer.OfThisRun.ConnectionString("postgres") + ";Pooling=False");
        _administrator.Open();
        Administer($"CREATE ROLE {Role} LOGIN");
        Administer($"ALTER DATABASE {database} OWNER TO {Role}");
        Proxy = new CuttingProxy(PostgresServer.OfThisRun.Port);
    }

    public string Folder => _folder;

    /// <summary>The role as which the service connects.</summary>
    public string Role { get; }

    public CuttingProxy Proxy { get; }

    /// <summary>How many backends were terminated.</summary>
    public int Terminated => _terminated;

    /// <summary>Starts the service on this database, through the proxy.</summary>
    public Task<Service> Start() =>
        Service.Start(
            Folder,
            settings:
            [
                "--Database",
                $"Host=127.0.0.1;Port={Proxy.Port};Username={Role};Database={Databases.NameOf(Folder)};Timeout=5",
            ]
        );

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

    /// <summary>Terminates the backends of the service that commit now or have just committed; every tenth time, all of them.</summary>
    public void TerminateCommittingBackends() => Terminate(_calls++ % 10 == 0 ? "%" : "%COMMIT%");

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
        Databases.Drop(Folder);
        Administer($"DROP ROLE {Role}");
        _administrator.Dispose();
        _folder.Dispose();
    }
}
