using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;
using static VoteTracker.Tests.PostgresPrograms;

namespace VoteTracker.Tests;

/// <summary>A PostgreSQL server in its own folder, on a free port of the loopback address. It stops with the run.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string User = "votetracker";

    private static readonly Lazy<PostgresServer> OneForAll = new(() => new PostgresServer("-c", "fsync=off"));
    private readonly string _folder;
    private System.Diagnostics.Process? _server;

    public PostgresServer(params string[] options)
        : this(options, copyOf: null, isStandby: false) { }

    private PostgresServer(string[] options, PostgresServer? copyOf, bool isStandby)
    {
        Options = options;
        Port = Tests.Port.Free();
        _folder = Directory.CreateTempSubdirectory("votetracker-postgres-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        if (IsRoot)
        {
            Run("chown", OrdinaryUser, _folder);
        }
        if (copyOf is not null)
        {
            Run([
                .. AsOrdinaryUser,
                PathOf("pg_basebackup"),
                .. copyOf.Connection,
                $"--pgdata={Data}",
                "--checkpoint=fast",
                "--no-sync",
                .. isStandby ? (string[])["-R"] : [],
            ]);
            if (isStandby)
            {
                Start();
            }
            return;
        }
        Run([
            .. AsOrdinaryUser,
            PathOf("initdb"),
            $"--pgdata={Data}",
            $"--username={User}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        // One role needs a password; all others may connect from this machine without one.
        var rules = Path.Combine(Data, "pg_hba.conf");
        File.WriteAllText(rules, $"host all {WithPassword} 127.0.0.1/32 scram-sha-256\n{File.ReadAllText(rules)}");
        Start();
    }

    /// <summary>Adds a standby, after which this server commits only what the standby has too.</summary>
    public PostgresServer AddSynchronousStandby()
    {
        var standby = AddStandby();
        Execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        Execute("SELECT pg_reload_conf()");
        return standby;
    }

    /// <summary>Adds a standby for which this server does not wait.</summary>
    public PostgresServer AddStandby() => new([], copyOf: this, isStandby: true);

    // The options of client programs that name this server.
    private string[] Connection => ["-h", "127.0.0.1", "-p", $"{Port}", "-U", User];

    /// <summary>Runs a client program of PostgreSQL on this server.</summary>
    public Task RunClient(string program, params string[] arguments) =>
        Task.Run(() => Run([PathOf(program), .. Connection, .. arguments]));

    /// <summary>Options for a server whose log is archived.</summary>
    public static string[] WithArchive =>
        ["-c", "archive_mode=on", "-c", "archive_command=mkdir -p ../archive && cp %p ../archive/%f"];

    /// <summary>A base backup of this server, as a server that is not started yet.</summary>
    public PostgresServer TakeBaseBackup() => new([], copyOf: this, isStandby: false);

    /// <summary>Starts a base backup and recovers it from the archive of the original to `name=…` or `time=…`.</summary>
    public void RecoverTo(string target, PostgresServer original)
    {
        File.WriteAllText(Path.Combine(Data, "recovery.signal"), "");
        Options =
        [
            $"--restore_command=cp {original._folder}/archive/%f %p",
            $"--recovery_target_{target}",
            "--recovery_target_action=promote",
        ];
        Start();
        var limit = Stopwatch.StartNew();
        while ((bool)Scalar("SELECT pg_is_in_recovery()")!)
        {
            if (limit.Elapsed > Hang.Limit)
            {
                throw new TimeoutException("The recovery did not end.");
            }
            Thread.Sleep(20);
        }
    }

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Execute("SELECT pg_promote()");

    /// <summary>kill -9: no session is notified.</summary>
    public void Kill()
    {
        _server!.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    /// <summary>A role that needs a password, if a test creates it.</summary>
    public const string WithPassword = "with_password";

    /// <summary>The server that the apps of a run on PostgreSQL share. It does not sync, as its data ends with the run.</summary>
    public static PostgresServer OfThisRun => OneForAll.Value;

    /// <summary>Stops the shared server if it was started.</summary>
    public static void StopThatOfThisRun()
    {
        if (OneForAll.IsValueCreated)
        {
            OneForAll.Value.Dispose();
        }
    }

    public int Port { get; }

    public string Data => Path.Combine(_folder, "data");

    /// <summary>Further options of the start.</summary>
    public IReadOnlyList<string> Options { get; set; }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Database={database}";

    public void Start()
    {
        var log = Path.Combine(_folder, "log");
        var start = StartInfo(
            _folder,
            [
                .. AsOrdinaryUser,
                PathOf("postgres"),
                "-D",
                Data,
                $"--port={Port}",
                "--listen_addresses=127.0.0.1",
                "--unix_socket_directories=",
                "--max_connections=300",
                "--shared_buffers=64MB",
                .. Options,
            ]
        );
        _server = System.Diagnostics.Process.Start(start)!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, line) => PostgresPrograms.Append(log, line.Data);
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (limit.Elapsed < Hang.Limit && !_server.HasExited)
            {
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>Stops the server: `SIGINT` ends its sessions in order, `SIGQUIT` at once, like a crash.</summary>
    public void Stop(PosixSignal signal = PosixSignal.SIGINT)
    {
        if (_server is { HasExited: false })
        {
            using var kill = System.Diagnostics.Process.Start(
                "kill",
                [signal == PosixSignal.SIGQUIT ? "-QUIT" : "-INT", $"{_server.Id}"]
            );
            kill.WaitForExit();
            if (!_server.WaitForExit(TimeSpan.FromMinutes(1)))
            {
                throw new InvalidOperationException("The server does not stop.");
            }
        }
        _server?.Dispose();
        _server = null;
    }

    public bool Has(string database)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)",
            connection
        )
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = database } },
        };
        return (bool)command.ExecuteScalar()!;
    }

    public void Copy(string template, string database) =>
        Execute($"CREATE DATABASE {database} TEMPLATE {template} STRATEGY FILE_COPY");

    public void Drop(string database) => Execute($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");

    /// <summary>Runs a statement in one of its databases.</summary>
    public void Execute(string sql, string database = "postgres") => Scalar(sql, database);

    /// <summary>Runs a statement in one of its databases, and returns the first value.</summary>
    public object? Scalar(string sql, string database = "postgres")
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // Written in the tests.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }
        Stop(PosixSignal.SIGQUIT);
        // Child processes of the server end after it, and may still write.
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 20)
            {
                Thread.Sleep(50);
            }
        }
    }
}
