using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Benchmarks.Measuring;
using VoteTracker.Tests;
using VoteTracker.Tests.Features.Lists;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Imports a list of 193 names, of which each changes a stance, with 1,000,000 changes stored, half of them of the same
/// resolution: a dry run and the run after it, from CSV and from a workbook, on both databases.
/// </summary>
internal static class ImportList
{
    private const string Changes = """
        INSERT INTO stance_change (resolution, member_state, version, position, certainty, evidence, changed_at, changed_by)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @each)
        SELECT r.id, m.iso3, 10 + n.i, 'yes', 'likely', 'call', r.created_at, 'list'
        FROM n, resolution r, member_state m WHERE r.id IN ('es-10-l-34', 'es-10-l-35') AND m.kind = 'member';
        INSERT INTO change (at, by, kind, resolution, member_state, version)
        SELECT changed_at, 'list', 'stance', resolution, member_state, version FROM stance_change WHERE changed_by = 'list';
        UPDATE resolution SET version = 1000000 WHERE id IN ('es-10-l-34', 'es-10-l-35');
        """;

    public static async Task Run(Length length)
    {
        var each = ((length == Length.Full ? 1_000_000 : 100_000) / (2 * 193)).ToString(CultureInfo.InvariantCulture);
        var sql = Changes.Replace("@each", each, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("votetracker-lists-").FullName;
        try
        {
            await Open(() => Server.VoteTracker(folder));
            using (var connection = new SqliteConnection($"Data Source={folder}/votetracker.db;Pooling=False"))
            {
                connection.Execute(sql);
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
            await connection.ExecuteAsync($"{sql} ANALYZE");
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
                    $"lists, {database}, {format}: dry run {Ratios.Quantile(dry[2..], 0.5):0} ms (slowest {dry[2..].Max():0}, first {dry[0]:0}), run {Ratios.Quantile(run[2..], 0.5):0} ms (slowest {run[2..].Max():0})"
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
