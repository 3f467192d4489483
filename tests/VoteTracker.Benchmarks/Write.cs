using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Durable stance updates over HTTP by 32 clients and by one, compared with a bare loop with one commit for each update,
/// and with an endpoint that only reads the body. Each has the processor time of the service for an update.
/// </summary>
internal static class Write
{
    private const int Clients = 32;

    public static async Task Run(Length length)
    {
        await using var ours = await Server.VoteTracker();
        await Campaign.Open(ours);
        await using var bare = await Server.Bare();
        var members = await Campaign.Members(ours);
        var (script, bareScript) = (
            Campaign.WriteScript(Campaign.Stances, members),
            Campaign.WriteScript("stances", members)
        );
        var (many, one, answered) = (
            new Load(ours, Clients, script, length.Round),
            new Load(ours, 1, script, length.Round),
            new Load(bare, Clients, bareScript, length.Round)
        );
        using var loop = new BareLoop(members);
        Task<double> Looped() => Task.Run(() => loop.PerSecond(length.Round));
        for (var i = 0; i < 2; i++)
        {
            await many.PerSecond();
            await one.PerSecond();
            await answered.PerSecond();
            await Looped();
        }
        await Compare($"write, {Clients} clients", many, "bare loop, a commit each", Looped);
        await Compare($"write, {Clients} clients", many, "reads the body, answers at once", answered.PerSecond);
        answered.PrintCost("reads the body, answers at once");
        await Compare("write, one client", one, "bare loop, a commit each", Looped);
        var minute = await Wrk.Load(ours.Address, length.Long, Clients, script);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"write: slowest of {minute.Requests:N0} requests in {length.Long.TotalSeconds:0} s: {minute.MaxMilliseconds:0.0} ms (99th percentile {minute.P99Milliseconds:0.0} ms)"
            )
        );

        async Task Compare(string figure, Load load, string yardstick, Func<Task<double>> theirs)
        {
            load.Forget();
            await Ratios.Measure(figure, "updates/s", length.Rounds, load.PerSecond, yardstick, theirs);
            load.PrintCost(figure);
        }
    }

    /// <summary>Concurrent clients of a server, and the processor time that the server uses for them.</summary>
    private sealed class Load(Server server, int clients, string script, TimeSpan length)
    {
        private readonly List<double> _microseconds = [];
        private readonly List<double> _cores = [];

        public async Task<double> PerSecond()
        {
            var before = Machine.ProcessorTime(server.Id);
            var watch = Stopwatch.StartNew();
            var result = await Wrk.Load(server.Address, length, clients, script);
            var milliseconds = Machine.ProcessorTime(server.Id) - before;
            if (result.NotOk > 0)
            {
                throw new InvalidOperationException($"{result.NotOk} answers were errors.");
            }
            _microseconds.Add(milliseconds * 1000 / result.Requests);
            _cores.Add(milliseconds / watch.Elapsed.TotalMilliseconds);
            return result.PerSecond;
        }

        public void Forget()
        {
            _microseconds.Clear();
            _cores.Clear();
        }

        public void PrintCost(string figure) =>
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{figure}: {Ratios.Quantile(_microseconds, 0.5):0} µs of processor time each, {Ratios.Quantile(_cores, 0.5):0.00} cores"
                )
            );
    }

    /// <summary>The same statements (version, feed, history, upsert), prepared once, with one commit for each update.</summary>
    private sealed class BareLoop : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("votetracker-loop-").FullName;
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand[] _statements;
        private readonly IReadOnlyList<string> _members;
        private long _i;

        public BareLoop(IReadOnlyList<string> members)
        {
            _members = members;
            _connection = new SqliteConnection($"Data Source={_folder}/loop.db;Pooling=False");
            _connection.Open();
            _connection.Execute(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                CREATE TABLE resolution (id TEXT PRIMARY KEY, version INTEGER NOT NULL, changed_at TEXT NOT NULL);
                CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
                    resolution TEXT, member_state TEXT, version INTEGER);
                CREATE INDEX change_by_resolution ON change (resolution, at, version);
                CREATE TABLE stance_change (resolution TEXT, member_state TEXT, version INTEGER, position TEXT, certainty TEXT, evidence TEXT,
                    note TEXT, reason TEXT, changed_at TEXT, changed_by TEXT, PRIMARY KEY (resolution, member_state, version)) WITHOUT ROWID;
                CREATE TABLE stance (resolution TEXT, member_state TEXT, position TEXT, certainty TEXT, evidence TEXT, note TEXT,
                    version INTEGER, changed_at TEXT, changed_by TEXT, PRIMARY KEY (resolution, member_state)) WITHOUT ROWID;
                INSERT INTO resolution VALUES ('es-10-l-34', 1, '');
                """
            );
            _statements =
            [
                Statement("BEGIN IMMEDIATE"),
                Statement(
                    "UPDATE resolution SET version = version + 1, changed_at = @at WHERE id = 'es-10-l-34' RETURNING version"
                ),
                Statement(
                    "INSERT INTO change (at, by, kind, resolution, member_state, version) VALUES (@at, 'loop', 'stance', 'es-10-l-34', @state, @version)"
                ),
                Statement(
                    "INSERT INTO stance_change VALUES ('es-10-l-34', @state, @version, 'yes', 'likely', 'call', 'said so on the telephone', 'called', @at, 'loop')"
                ),
                Statement(
                    """
                    INSERT INTO stance VALUES ('es-10-l-34', @state, 'yes', 'likely', 'call', 'said so on the telephone', @version, @at, 'loop')
                    ON CONFLICT (resolution, member_state) DO UPDATE SET position = excluded.position, certainty = excluded.certainty,
                        evidence = excluded.evidence, note = excluded.note, version = excluded.version, changed_at = excluded.changed_at,
                        changed_by = excluded.changed_by
                    """
                ),
                Statement("COMMIT"),
            ];
        }

        public double PerSecond(TimeSpan length)
        {
            var watch = Stopwatch.StartNew();
            var done = 0;
            while (watch.Elapsed < length)
            {
                Update(_members[(int)(_i++ % _members.Count)]);
                done++;
            }
            return done / watch.Elapsed.TotalSeconds;
        }

        public void Dispose()
        {
            foreach (var statement in _statements)
            {
                statement.Dispose();
            }
            _connection.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private void Update(string state)
        {
            var at = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture);
            long version = 0;
            foreach (var statement in _statements)
            {
                statement.Parameters["@at"].Value = at;
                statement.Parameters["@state"].Value = state;
                statement.Parameters["@version"].Value = version;
                version = statement.ExecuteScalar() is long raised ? raised : version;
            }
        }

        private SqliteCommand Statement(string sql)
        {
            var statement = _connection.CreateCommand();
            statement.CommandText = sql;
            statement.Parameters.Add("@at", SqliteType.Text);
            statement.Parameters.Add("@state", SqliteType.Text);
            statement.Parameters.Add("@version", SqliteType.Integer);
            return statement;
        }
    }
}
