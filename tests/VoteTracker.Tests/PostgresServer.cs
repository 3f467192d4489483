using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace VoteTracker.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own: as an ordinary user, in a folder of its own, on a free port of the loopback
/// address, stopped with the run.
/// </summary>
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
                Program("pg_basebackup"),
                "-h",
                "127.0.0.1",
                "-p",
                copyOf.Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                User,
                "-D",
                Data,
                "-c",
                "fast",
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
            Program("initdb"),
            "-D",
            Data,
            "-U",
            User,
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C",
        ]);
        // One role has a password; all others are let in from this machine.
        var rules = Path.Combine(Data, "pg_hba.conf");
        File.WriteAllText(rules, $"host all {WithPassword} 127.0.0.1/32 scram-sha-256\n{File.ReadAllText(rules)}");
        Start();
    }

    /// <summary>A standby that follows this server, which from then on commits nothing that the standby has not.</summary>
    public PostgresServer AddSynchronousStandby()
    {
        var standby = AddStandby();
        Execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        Execute("SELECT pg_reload_conf()");
        return standby;
    }

    /// <summary>A standby that follows this server, which does not wait for it.</summary>
    public PostgresServer AddStandby() => new([], copyOf: this, isStandby: true);

    /// <summary>Runs a client program of PostgreSQL on this server.</summary>
    public Task RunClient(string program, params string[] arguments) =>
        Task.Run(() =>
            Run([
                Program(program),
                "-h",
                "127.0.0.1",
                "-p",
                Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                User,
                .. arguments,
            ])
        );

    /// <summary>Options for a server whose log is archived.</summary>
    public static string[] WithArchive =>
        ["-c", "archive_mode=on", "-c", "archive_command=mkdir -p ../archive && cp %p ../archive/%f"];

    /// <summary>A base backup of this server, as another one that is not started yet.</summary>
    public PostgresServer TakeBaseBackup() => new([], copyOf: this, isStandby: false);

    /// <summary>Starts a base backup and recovers it from the archive of the original up to a restore point.</summary>
    public void RecoverTo(string restorePoint, PostgresServer original)
    {
        File.WriteAllText(Path.Combine(Data, "recovery.signal"), "");
        Options =
        [
            "-c",
            $"restore_command=cp {original._folder}/archive/%f %p",
            "-c",
            $"recovery_target_name={restorePoint}",
            "-c",
            "recovery_target_action=promote",
        ];
        Start();
        var limit = Stopwatch.StartNew();
        while ((bool)Scalar("SELECT pg_is_in_recovery()")!)
        {
            if (limit.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException("The recovery did not end within a minute.");
            }
            Thread.Sleep(20);
        }
    }

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Execute("SELECT pg_promote()");

    /// <summary>kill -9: no session is told.</summary>
    public void Kill()
    {
        _server!.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    /// <summary>A role that must give a password, where a test makes it.</summary>
    public const string WithPassword = "with_password";

    /// <summary>The one that the apps of a run on PostgreSQL share. What it holds need not outlive the machine.</summary>
    public static PostgresServer OfThisRun => OneForAll.Value;

    /// <summary>Stops that one, where there is one.</summary>
    public static void StopThatOfThisRun()
    {
        if (OneForAll.IsValueCreated)
        {
            OneForAll.Value.Dispose();
        }
    }

    public int Port { get; }

    public string Data => Path.Combine(_folder, "data");

    /// <summary>What the server is started with besides.</summary>
    public IReadOnlyList<string> Options { get; set; }

    private static bool IsRoot => Environment.UserName == "root";

    // The user that Debian's package makes.
    private static string OrdinaryUser => "postgres";

    private static string[] AsOrdinaryUser =>
        IsRoot ? ["setpriv", $"--reuid={OrdinaryUser}", $"--regid={OrdinaryUser}", "--clear-groups", "--"] : [];

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Database={database}";

    public void Start()
    {
        var log = Path.Combine(_folder, "log");
        var start = new ProcessStartInfo(AsOrdinaryUser.Append(Program("postgres")).First())
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] command =
        [
            .. AsOrdinaryUser,
            Program("postgres"),
            "-D",
            Data,
            "-p",
            Port.ToString(CultureInfo.InvariantCulture),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=300",
            "-c",
            "shared_buffers=64MB",
            .. Options,
        ];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }
        _server = System.Diagnostics.Process.Start(start)!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, line) => File.AppendAllText(log, line.Data + "\n");
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
            catch (NpgsqlException) when (limit.Elapsed < TimeSpan.FromMinutes(1) && !_server.HasExited)
            {
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>Stops it: `SIGINT` ends its sessions in order, `SIGQUIT` at once, as a crash would.</summary>
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

    /// <summary>Runs a statement in one of its databases, and answers its first value.</summary>
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
        // What the server had running ends after it, and may still write.
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

    // Debian keeps them apart, a folder a version.
    /// <summary>Where one of its programs is.</summary>
    public static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d =>
                    int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0
                )
                .Select(d => Path.Combine(d, "bin", name))
                .First(File.Exists)
            : name;

    private static void Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = "/tmp",
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {error} {output.Result}");
        }
    }
}
