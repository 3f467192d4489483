using System.Diagnostics;
using System.Globalization;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Reads of the past on a database as large as the whole record: the agreement of one member with all others, compared
/// with sqlite3 on a plain table; the first page of a member's votes; a long campaign's timeline; and polls of a tally
/// meanwhile, compared with a service that has only the shipped record.
/// </summary>
internal static class LookBack
{
    private const string Agreement = "v1/agreement?a=ZAF";

    // The same pairs, counted by SQL from a table with one row for each name.
    private const string Query = """
        SELECT
            b.member_state, COUNT(*), SUM(a.vote = b.vote), SUM(a.vote <> b.vote AND (a.vote = 'abstain' OR b.vote = 'abstain'))
        FROM plain_vote a
        JOIN plain_vote b ON b.resolution = a.resolution AND b.version = a.version
        WHERE a.member_state = 'ZAF' AND b.member_state <> 'ZAF' AND a.vote <> 'non-voting' AND b.vote <> 'non-voting'
        GROUP BY b.member_state
        ORDER BY 3 DESC;
        """;

    public static async Task Run(Length length)
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-look-back-").FullName;
        await using (var fresh = await Server.VoteTracker(folder))
        {
            await Campaign.Open(fresh);
        }
        var (database, plain) = (Path.Combine(folder, "votetracker.db"), Path.Combine(folder, "plain.db"));
        // With the shipped roll calls, 5,500 resolutions of 193 names each, which is slightly more than the whole record.
        var names = WholeRecord.Fill(database, length == Length.Full ? 5_466 : 546);
        WholeRecord.CopyPlain(database, plain);
        await using (var server = await Server.VoteTracker(folder))
        {
            using var client = server.Client();
            var first = await Time(client, Agreement);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"look back, the first question of a service that just started: {first:0.0} ms"
                )
            );
            var times = length == Length.Full ? 50 : 10;
            await Print(client, times, "agreement of one with all", Agreement);
            await Print(client, times, "agreement of one with all, one session", $"{Agreement}&session=78");
            await Print(client, times, "agreement of two", $"{Agreement}&b=NAM");
            await Print(client, times, "a member's votes, first page", "v1/member-states/ZAF/votes");
            await Print(
                client,
                times,
                "a member's votes, first page of 1,000",
                "v1/member-states/ZAF/votes?limit=1000"
            );
            await Print(client, times, "a former member's votes", "v1/member-states/YUG/votes");
            await Print(client, times, "cohesion by region", "v1/resolutions/es-10-27/cohesion");
            var ratio = await Ratios.Measure(
                $"look back ({names.ToString("N0", CultureInfo.InvariantCulture)} names)",
                "ms",
                length.Rounds,
                () => Time(client, Agreement),
                "sqlite3",
                () => Counted(plain)
            );
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"look back, agreement: {1 / ratio:0.0} times as fast as sqlite3"
                )
            );
            await Polls(server, length);
            await Timeline(server, client, length == Length.Full ? 5_000 : 500, times);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Timeline(Server server, HttpClient client, int changes, int times)
    {
        var members = await Campaign.Members(server);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(changes / 500.0));
        await Poll.WriteAt(server, members, perSecond: 500, end.Token);
        await Print(client, times, "timeline, first page of 1,000", $"{Campaign.Tally}/timeline?limit=1000");
        await Print(client, times, "timeline, by hours", $"{Campaign.Tally}/timeline?step=1h&limit=1000");
        await Print(client, times, "diff of the whole campaign", "v1/resolutions/es-10-l-34/diff");
    }

    private static async Task Polls(Server whole, Length length)
    {
        await using var small = await Server.VoteTracker();
        await Campaign.Open(small);
        for (var i = 0; i < 2; i++)
        {
            await Polled(whole, length);
            await Polled(small, length);
        }
        await Ratios.Measure(
            "look back, polls of a tally beside the whole record",
            "requests/s",
            length.Rounds,
            () => Polled(whole, length),
            "with what the service comes with",
            () => Polled(small, length)
        );
    }

    private static async Task<double> Polled(Server server, Length length)
    {
        var result = await Wrk.Load(new Uri(server.Address, Campaign.Tally), length.Round);
        return result.NotOk == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.NotOk} answers were errors.");
    }

    private static async Task Print(HttpClient client, int times, string what, string path)
    {
        var waits = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            waits.Add(await Time(client, path));
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"look back, {what}: median {Ratios.Quantile(waits, 0.5):0.0} ms, 99th percentile {Ratios.Quantile(waits, 0.99):0.0} ms, slowest of {times} {waits.Max():0.0} ms"
            )
        );
    }

    private static async Task<double> Time(HttpClient client, string path)
    {
        var watch = Stopwatch.StartNew();
        await client.GetByteArrayAsync(path);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> Counted(string database)
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo("sqlite3", ["-readonly", "-csv", database, Query])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return watch.Elapsed.TotalMilliseconds;
    }
}
