using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests;
using VoteTracker.Tests.Features.Lists;

namespace VoteTracker.Benchmarks;

/// <summary>
/// The desk of a large campaign on both databases, with 50,000 engagements, 20,000 tasks, 5,000 contacts and 1,000,000
/// changes: the first page of each list, and the import of 193 names that change a stance each, half of all changes being of
/// the same resolution.
/// </summary>
internal static class Desk
{
    private const string Changes = """
        INSERT INTO stance_change (
            resolution, member_state, version, replaced, position, certainty, evidence, changed_at, changed_by
        )
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @each)
        SELECT r.id, m.iso3, 10 + n.i, CASE WHEN n.i = 1 THEN 1 ELSE 9 + n.i END, 'yes', 'likely', 'call', r.created_at, 'list'
        FROM n, resolution r, member_state m WHERE r.id IN ('es-10-l-34', 'es-10-l-35') AND m.kind = 'member';
        INSERT INTO change (at, by, kind, resolution, member_state, version)
        SELECT changed_at, 'list', 'stance', resolution, member_state, version FROM stance_change WHERE changed_by = 'list';
        UPDATE resolution SET version = 1000000 WHERE id IN ('es-10-l-34', 'es-10-l-35');
        """;

    private const string Work = """
        INSERT INTO contact (id, member_state, name, office, version, changed_at, changed_by)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @contacts),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT 'contact-' || n.i, m.iso3, 'Mission ' || n.i, 'mission', 1, r.created_at, 'list'
        FROM n JOIN m ON m.k = n.i % 193 JOIN resolution r ON r.id = 'es-10-l-34';
        INSERT INTO engagement (
            member_state, resolution, kind, on_day, summary, assignee, confidential, version, created_at, created_by,
            changed_at, changed_by
        )
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @engagements),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            m.iso3, r.id, CASE WHEN n.i % 3 = 0 THEN 'meeting' ELSE 'call' END, @day, 'Went through the text ' || n.i,
            CASE WHEN n.i % 5 = 0 THEN 'admin key of the settings' END, n.i % 7 = 0, 1, r.created_at, 'list', r.created_at,
            'list'
        FROM n JOIN m ON m.k = n.i % 193 JOIN resolution r ON r.id = 'es-10-l-34';
        INSERT INTO engagement_contact (contact, engagement)
        SELECT 'contact-' || (1 + id % @contacts), id FROM engagement WHERE created_by = 'list';
        INSERT INTO task (
            what, member_state, resolution, assignee, due_on, sort_on, version, created_at, created_by, changed_at, changed_by
        )
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @tasks),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            'Call again ' || n.i, m.iso3, r.id, CASE WHEN n.i % 5 = 0 THEN 'admin key of the settings' END, @day, @day, 1,
            r.created_at, 'list', r.created_at, 'list'
        FROM n JOIN m ON m.k = n.i % 193 JOIN resolution r ON r.id = 'es-10-l-34';
        """;

    private static readonly string[] FirstPages =
    [
        "v1/engagements",
        "v1/engagements?memberState=NOR",
        "v1/engagements?resolution=es-10-l-34",
        "v1/engagements?assignee=me",
        "v1/engagements?kind=meeting",
        "v1/engagements?contact=contact-7",
        "v1/tasks",
        "v1/tasks?assignee=me&status=open",
        "v1/tasks?status=overdue",
        "v1/tasks?status=done",
        "v1/contacts",
        "v1/contacts?memberState=NOR",
        "v1/contacts/contact-7/engagements",
        "v1/resolutions/es-10-l-34/assignments",
        "v1/resolutions/es-10-l-34/co-sponsors",
        "v1/resolutions/es-10-l-34/stances",
        "v1/resolutions/es-10-l-34/stances/NOR/history",
        "v1/resolutions/es-10-l-34/stances/imports",
        "v1/changes",
        "v1/resolutions",
        "desk/es-10-l-34",
    ];

    public static async Task Run(Length length)
    {
        var isFull = length == Length.Full;
        var work = Work.Replace("@contacts", isFull ? "5000" : "500", StringComparison.Ordinal)
            .Replace("@engagements", isFull ? "50000" : "5000", StringComparison.Ordinal)
            .Replace("@tasks", isFull ? "20000" : "2000", StringComparison.Ordinal);
        var each = ((length == Length.Full ? 1_000_000 : 100_000) / (2 * 193)).ToString(CultureInfo.InvariantCulture);
        var sql = Changes.Replace("@each", each, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("votetracker-lists-").FullName;
        try
        {
            await Open(() => Server.VoteTracker(folder));
            using (var connection = new SqliteConnection($"Data Source={folder}/votetracker.db;Pooling=False"))
            {
                connection.Execute(sql + work.Replace("@day", "'2026-11-02'", StringComparison.Ordinal));
            }
            await Measure("SQLite", () => Server.VoteTracker(folder), length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        using var postgres = new PostgresServer();
        postgres.Copy("template0", "lists");
        Task<Server> Postgres() => Server.VoteTracker(database: postgres.ConnectionString("lists"));
        await Open(Postgres);
        await using (
            var connection = new Npgsql.NpgsqlConnection(
                postgres.ConnectionString("lists") + ";Pooling=False;Command Timeout=600"
            )
        )
        {
            await connection.ExecuteAsync(
                $"{sql} {work.Replace("@day", "DATE '2026-11-02'", StringComparison.Ordinal)} ANALYZE"
            );
        }
        await Measure("PostgreSQL", Postgres, length);
    }

    private static async Task Open(Func<Task<Server>> start)
    {
        await using var server = await start();
        await Campaign.Open(server);
        using var client = server.Client();
        using var content = new StringContent(
            """{"symbol":"A/ES-10/L.35","title":"A draft","session":"es-10","kind":"draft"}""",
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await client.PostAsync("v1/resolutions", content);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task Measure(string database, Func<Task<Server>> start, Length length)
    {
        await using var server = await start();
        using var client = server.Client();
        await MeasureLists(database, client, length);
        var list = JsonNode.Parse(await client.GetStringAsync("v1/member-states"))!["items"]!.AsArray();
        var members = list.Select(m => (m!["iso3"]!.GetValue<string>(), m!["name"]!.GetValue<string>())).ToList();
        foreach (var format in (string[])["csv", "xlsx"])
        {
            var (dry, run) = (new List<double>(), new List<double>());
            for (var i = 0; i < length.Rounds * 2 + 2; i++)
            {
                // Each round moves every position by one word.
                var rows = SampleList
                    .Rows([.. members.Skip(i % 2), .. members.Take(i % 2)])
                    .Select(row => row.Cells)
                    .ToList();
                var file = format == "csv" ? SampleList.Csv(rows) : SampleList.Workbook(rows);
                dry.Add(await Send(client, file, format, "?dryRun=true"));
                run.Add(await Send(client, file, format, ""));
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"desk, {database}, import of a {format}: dry run {Ratios.Quantile(dry[2..], 0.5):0} ms (slowest {dry[2..].Max():0}, first {dry[0]:0}), run {Ratios.Quantile(run[2..], 0.5):0} ms (slowest {run[2..].Max():0})"
                )
            );
        }
    }

    private static async Task MeasureLists(string database, HttpClient client, Length length)
    {
        foreach (var path in FirstPages)
        {
            var times = new List<double>();
            for (var i = 0; i < length.Rounds + 1; i++)
            {
                var watch = Stopwatch.StartNew();
                await client.GetByteArrayAsync(path);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"desk, {database}, {path}: {Ratios.Quantile(times[1..], 0.5):0.0} ms (slowest {times[1..].Max():0.0}, first {times[0]:0.0})"
                )
            );
        }
    }

    private static async Task<double> Send(HttpClient client, byte[] file, string format, string query)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            format == "csv" ? "text/csv" : VoteTracker.Features.Lists.ListRequest.WorkbookType
        );
        var watch = Stopwatch.StartNew();
        using var answer = await client.PostAsync($"v1/resolutions/es-10-l-34/stances/import{query}", content);
        var text = await answer.Content.ReadAsStringAsync();
        var elapsed = watch.Elapsed.TotalMilliseconds;
        answer.EnsureSuccessStatusCode();
        var changes = JsonNode.Parse(text)!["changes"]!.AsArray().Count;
        return changes > 150 ? elapsed : throw new InvalidOperationException($"{changes} lines changed something.");
    }
}
