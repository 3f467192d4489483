using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Gaps, briefs and digests of a campaign of 20 people over 200 days on both databases, with 50,000 engagements, 20,000
/// tasks, 5,000 contacts and 1,000,000 changes. Half of all changes are of the draft that is measured.
/// </summary>
internal static class Gaps
{
    private const string Draft = "es-10-l-34";

    // `ago(n)` is the moment n seconds ago, and `day(n)` the day n days ago. Versions and moments rise together.
    private const string History = """
        UPDATE resolution SET created_at = ago(17280000) WHERE id IN ('es-10-l-34', 'es-10-l-35');
        UPDATE change SET at = ago(17280000) WHERE resolution IN ('es-10-l-34', 'es-10-l-35');
        UPDATE resolution_change SET changed_at = ago(17280000) WHERE resolution IN ('es-10-l-34', 'es-10-l-35');
        UPDATE stance_change SET changed_at = ago(17280000) WHERE resolution IN ('es-10-l-34', 'es-10-l-35');
        INSERT INTO stance_change (
            resolution, member_state, version, replaced, position, certainty, evidence, changed_at, changed_by
        )
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @each),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            r.id, m.iso3, 10 + n.i * 193 + m.k, CASE WHEN n.i = 1 THEN 1 ELSE 10 + (n.i - 1) * 193 + m.k END,
            CASE (n.i / 500 + m.k) % 5
                WHEN 0 THEN 'yes' WHEN 1 THEN 'no' WHEN 2 THEN 'abstain' WHEN 3 THEN 'undecided' ELSE 'absent' END,
            CASE (n.i + m.k) % 3 WHEN 0 THEN 'confirmed' WHEN 1 THEN 'likely' ELSE 'leaning' END,
            CASE (n.i + m.k) % 7
                WHEN 0 THEN 'public-statement' WHEN 1 THEN 'note-verbale' WHEN 2 THEN 'past-vote' WHEN 3 THEN 'second-hand'
                WHEN 4 THEN 'call' ELSE 'meeting' END,
            ago(17280000 - (17280000.0 * (n.i * 193 + m.k)) / (@each * 193 + 193)), 'person ' || ((n.i * 7 + m.k) % 20)
        FROM n, resolution r, m WHERE r.id IN ('es-10-l-34', 'es-10-l-35');
        INSERT INTO change (at, by, kind, resolution, member_state, version)
        SELECT changed_at, changed_by, 'stance', resolution, member_state, version
        FROM stance_change WHERE version >= 10 ORDER BY version;
        DELETE FROM stance WHERE resolution IN ('es-10-l-34', 'es-10-l-35');
        INSERT INTO stance (resolution, member_state, position, certainty, evidence, version, changed_at, changed_by)
        SELECT resolution, member_state, position, certainty, evidence, version, changed_at, changed_by
        FROM stance_change WHERE version >= 10 + @each * 193 AND resolution IN ('es-10-l-34', 'es-10-l-35');
        UPDATE resolution SET version = 10 + @each * 193 + 193 WHERE id IN ('es-10-l-34', 'es-10-l-35');
        """;

    private const string Work = """
        INSERT INTO contact (id, member_state, name, office, version, changed_at, changed_by)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @contacts),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            'contact-' || n.i, m.iso3, 'Front desk ' || n.i,
            CASE n.i % 5 WHEN 0 THEN 'ministry' WHEN 1 THEN 'embassy' ELSE 'mission' END, 1, ago(17280000), 'list'
        FROM n JOIN m ON m.k = n.i % 193;
        INSERT INTO engagement (
            member_state, resolution, kind, on_day, summary, outcome, assignee, confidential, version, created_at, created_by,
            changed_at, changed_by
        )
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @engagements),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            m.iso3, CASE WHEN n.i % 10 > 0 THEN 'es-10-l-34' END, CASE WHEN n.i % 3 = 0 THEN 'meeting' ELSE 'call' END,
            day(n.i * 200 / @engagements), 'Went through the text, paragraph by paragraph, with the legal adviser. ' || n.i,
            'Reports to the capital, and calls again.', CASE WHEN n.i % 5 = 0 THEN 'person 5' END, n.i % 7 = 0, 1,
            ago(86400.0 * (n.i * 200.0 / @engagements)), 'person ' || (n.i % 20), ago(86400.0 * (n.i * 200.0 / @engagements)),
            'person ' || (n.i % 20)
        FROM n JOIN m ON m.k = n.i % 193;
        INSERT INTO engagement_contact (contact, engagement)
        SELECT 'contact-' || (CASE WHEN id % 193 = 0 THEN 193 ELSE id % 193 + 193 * (id / 193 % (@contacts / 193)) END), id
        FROM engagement;
        INSERT INTO engagement_change (
            engagement, version, member_state, contacts, resolution, kind, on_day, summary, outcome, assignee, confidential,
            changed_at, changed_by
        )
        SELECT
            e.id, e.version, e.member_state, c.contact, e.resolution, e.kind, e.on_day, e.summary, e.outcome, e.assignee,
            e.confidential, e.changed_at, e.changed_by
        FROM engagement e JOIN engagement_contact c ON c.engagement = e.id;
        INSERT INTO task (
            what, member_state, resolution, engagement, assignee, due_on, done_on, sort_on, version, created_at, created_by,
            changed_at, changed_by
        )
        SELECT
            'Call again ' || e.id, e.member_state, e.resolution, CASE WHEN e.id % 2 = 0 THEN e.id END, 'person ' || (e.id % 20),
            day(e.id * 200 / @tasks - 20), CASE WHEN e.id % 5 > 0 AND e.id * 10 > @tasks THEN day(e.id * 200 / @tasks - 21) END,
            day(e.id * 200 / @tasks - 20), 1, e.created_at, e.created_by, ago(86400.0 * (e.id * 200.0 / @tasks)), e.created_by
        FROM engagement e WHERE e.id <= @tasks;
        INSERT INTO task_change (
            task, version, what, member_state, resolution, engagement, assignee, due_on, done_on, changed_at, changed_by
        )
        SELECT id, version, what, member_state, resolution, engagement, assignee, due_on, done_on, changed_at, changed_by
        FROM task;
        INSERT INTO assignment (resolution, member_state, assignee, version, changed_at, changed_by)
        SELECT 'es-10-l-34', iso3, 'person 5', 1, ago(8640000), 'person 5'
        FROM member_state WHERE kind = 'member' AND iso3 > 'D';
        INSERT INTO assignment_change (resolution, member_state, assignee, version, changed_at, changed_by)
        SELECT resolution, member_state, assignee, version, changed_at, changed_by FROM assignment;
        INSERT INTO co_sponsor (resolution, member_state, status, role, version, changed_at, changed_by)
        SELECT
            'es-10-l-34', iso3, CASE WHEN iso3 < 'G' THEN 'signed' ELSE 'approached' END, 'additional', 5, ago(8640000),
            'person 5'
        FROM member_state WHERE kind = 'member' AND iso3 < 'N';
        INSERT INTO co_sponsor_change (resolution, member_state, status, role, version, changed_at, changed_by)
        SELECT resolution, member_state, status, role, version, changed_at, changed_by FROM co_sponsor;
        """;

    private static readonly string[] Paths =
    [
        $"v1/resolutions/{Draft}/gaps",
        $"v1/resolutions/{Draft}/gaps?kind=never-contacted&assignee=me",
        $"v1/resolutions/{Draft}/briefs/NOR",
        $"v1/digest?since=24h&resolution={Draft}",
        $"v1/digest?since=7d&resolution={Draft}",
    ];

    public static async Task Run(Length length)
    {
        var isFull = length == Length.Full;
        var each = (isFull ? 1_000_000 : 100_000) / (2 * 193);
        var sql = (History + Work)
            .Replace("@each", each.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@contacts", isFull ? "5000" : "500", StringComparison.Ordinal)
            .Replace("@engagements", isFull ? "50000" : "5000", StringComparison.Ordinal)
            .Replace("@tasks", isFull ? "20000" : "2000", StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("votetracker-gaps-").FullName;
        try
        {
            await Open(() => Server.VoteTracker(folder));
            using (var connection = new SqliteConnection($"Data Source={folder}/votetracker.db;Pooling=False"))
            {
                var now = DateTime.UtcNow;
                connection.CreateFunction(
                    "ago",
                    (double seconds) =>
                        now.AddSeconds(-seconds)
                            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
                );
                connection.CreateFunction(
                    "day",
                    (int days) => now.AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                );
                connection.Execute(sql);
            }
            await Measure("SQLite", () => Server.VoteTracker(folder), length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        using var postgres = new PostgresServer();
        postgres.Copy("template0", "gaps");
        Task<Server> Postgres() => Server.VoteTracker(database: postgres.ConnectionString("gaps"));
        await Open(Postgres);
        await using (
            var connection = new Npgsql.NpgsqlConnection(
                postgres.ConnectionString("gaps") + ";Pooling=False;Command Timeout=900"
            )
        )
        {
            await connection.ExecuteAsync(
                """
                CREATE FUNCTION ago (seconds double precision) RETURNS timestamptz
                LANGUAGE sql AS $$ SELECT NOW() - seconds * INTERVAL '1 second' $$;
                CREATE FUNCTION day (days bigint) RETURNS date LANGUAGE sql AS $$ SELECT CURRENT_DATE - days::int $$;
                """
            );
            await connection.ExecuteAsync($"{sql} DROP FUNCTION ago; DROP FUNCTION day; ANALYZE");
        }
        await Measure("PostgreSQL", Postgres, length);
    }

    private static async Task Open(Func<Task<Server>> start)
    {
        await using var server = await start();
        await Campaign.Open(server);
        using var client = server.Client();
        using var other = await client.PostAsJsonAsync(
            "v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.35",
                title = "A draft",
                session = "es-10",
                kind = "draft",
            }
        );
        other.EnsureSuccessStatusCode();
    }

    private static async Task Measure(string database, Func<Task<Server>> start, Length length)
    {
        await using var server = await start();
        using var admin = server.Client();
        // Rights cost a lobbyist more than a coordinator, who sees every engagement.
        using var issued = await admin.PostAsJsonAsync("v1/api-keys", new { label = "person 5", role = "lobbyist" });
        issued.EnsureSuccessStatusCode();
        var key = JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["key"]!.GetValue<string>();
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        foreach (var path in Paths)
        {
            var times = new List<double>();
            var bytes = 0;
            var cpu = TimeSpan.Zero;
            for (var i = 0; i < length.Rounds * 4 + 1; i++)
            {
                cpu = i == 1 ? CpuOf(server) : cpu;
                var watch = Stopwatch.StartNew();
                using var answer = await client.GetAsync(path);
                bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
                times.Add(watch.Elapsed.TotalMilliseconds);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{path}: {answer.StatusCode}");
                }
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"gaps, {database}, {path}: {Ratios.Quantile(times[1..], 0.5):0.0} ms (fastest {times[1..].Min():0.0}, slowest {times[1..].Max():0.0}, first {times[0]:0.0}), {(CpuOf(server) - cpu).TotalMilliseconds / (times.Count - 1):0.0} ms of processor in the service, {bytes:#,0} bytes"
                )
            );
        }
    }

    // Other programs on the machine change it less than the time.
    private static TimeSpan CpuOf(Server server)
    {
        using var process = Process.GetProcessById(server.Id);
        return process.TotalProcessorTime;
    }
}
