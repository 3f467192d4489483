using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Endorsements and pressures on both databases: the import of 2,000 endorsements, the sums of 2,000 and of 50,000, and the
/// path and the forecast with 200 pressures against those without.
/// </summary>
internal static class Support
{
    private const string Draft = "es-10-l-34";
    private const int Imported = 2_000;
    private const int Most = 50_000;

    // Numbers after the ones that the import has made.
    private const string Endorsements = """
        INSERT INTO endorsement (organisation, name_key, member_state, kind, is_public, version, changed_at, changed_by)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            'Organisation ' || n.i, 'organisation ' || n.i, m.iso3,
            CASE n.i % 4 WHEN 0 THEN 'youth' WHEN 1 THEN 'academic' WHEN 2 THEN 'trade-union' END, n.i % 3 > 0, 1, @now,
            'list'
        FROM n JOIN m ON m.k = n.i % 193;
        """;

    private const string Pressures = """
        INSERT INTO pressure (member_state, kind, towards, level, version, changed_at, changed_by)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200),
            m AS (SELECT iso3, ROW_NUMBER() OVER (ORDER BY iso3) - 1 AS k FROM member_state WHERE kind = 'member')
        SELECT
            m.iso3, 'trade', CASE n.i % 3 WHEN 0 THEN 'yes' WHEN 1 THEN 'no' ELSE 'abstain' END,
            CASE n.i % 2 WHEN 0 THEN 'low' ELSE 'high' END, 1, @now, 'list'
        FROM n JOIN m ON m.k = n.i % 193;
        """;

    public static async Task Run(Length length)
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-support-").FullName;
        try
        {
            await Measure(
                "SQLite",
                () => Server.VoteTracker(folder),
                async sql =>
                {
                    using var connection = new SqliteConnection($"Data Source={folder}/votetracker.db;Pooling=False");
                    await connection.ExecuteAsync(
                        sql.Replace(
                            "@now",
                            $"'{DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}'",
                            StringComparison.Ordinal
                        )
                    );
                },
                length
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        using var postgres = new PostgresServer();
        postgres.Copy("template0", "support");
        await Measure(
            "PostgreSQL",
            () => Server.VoteTracker(database: postgres.ConnectionString("support")),
            async sql =>
            {
                await using var connection = new Npgsql.NpgsqlConnection(
                    postgres.ConnectionString("support") + ";Pooling=False"
                );
                await connection.ExecuteAsync(
                    sql.Replace("@now", "NOW()", StringComparison.Ordinal) + " ANALYZE endorsement; ANALYZE pressure;"
                );
            },
            length
        );
    }

    private static async Task Measure(
        string database,
        Func<Task<Server>> start,
        Func<string, Task> execute,
        Length length
    )
    {
        await using (var server = await start())
        {
            await Campaign.Open(server);
            using var client = server.Client();
            await Import(database, client, length);
            await Read(database, client, "v1/endorsements/summary", $"{Imported:#,0} endorsements", length);
        }
        await execute(
            Endorsements.Replace(
                "@rows",
                (Most - Imported).ToString(CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            ) + Pressures
        );
        await using (var server = await start())
        {
            using var client = server.Client();
            await Read(database, client, "v1/endorsements/summary", $"{Most:#,0} endorsements", length);
            using var anonymous = new HttpClient { BaseAddress = server.Address };
            await Read(
                database,
                anonymous,
                "v1/endorsements/summary",
                $"{Most:#,0} endorsements, without a key",
                length
            );
            await Read(database, client, "v1/endorsements?q=organisation%2049", $"{Most:#,0} endorsements", length);
            foreach (var what in (string[])["path", "forecast"])
            {
                var path = $"v1/resolutions/{Draft}/{what}";
                await Read(database, client, path, "without pressures", length);
                await Read(database, client, path + "?pressure=true", "200 pressures", length);
            }
        }
    }

    private static async Task Import(string database, HttpClient client, Length length)
    {
        var csv = new StringBuilder("organisation,iso3,kind,languages,url,signed_on,public\n");
        for (var i = 0; i < Imported; i++)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"Association of the district {i},{(i % 2 == 0 ? "KEN" : "NOR")},youth,en fr,https://association.example/{i},2026-11-20,yes\n"
            );
        }
        // A dry run does the same work, and rolls it back.
        var times = new List<double>();
        for (var i = 0; i < length.Rounds; i++)
        {
            times.Add(await Post("?dryRun=true"));
        }
        var import = await Post("");
        var same = await Post("");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"support, {database}, import of {Imported:#,0} endorsements: {import:0} ms (as a dry run {Ratios.Quantile(times, 0.5):0}, first {times[0]:0}; the same again, unchanged, {same:0})"
            )
        );

        async Task<double> Post(string query)
        {
            using var content = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
            var watch = Stopwatch.StartNew();
            using var answer = await client.PostAsync($"v1/endorsements/import{query}", content);
            await answer.Content.ReadAsByteArrayAsync();
            answer.EnsureSuccessStatusCode();
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    private static async Task Read(string database, HttpClient client, string path, string what, Length length)
    {
        var times = new List<double>();
        var bytes = 0;
        for (var i = 0; i < length.Rounds * 4 + 1; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(path);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            times.Add(watch.Elapsed.TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"support, {database}, {path}, {what}: {Ratios.Quantile(times[1..], 0.5):0.0} ms (fastest {times[1..].Min():0.0}, slowest {times[1..].Max():0.0}, first {times[0]:0.0}), {bytes:#,0} bytes"
            )
        );
    }
}
