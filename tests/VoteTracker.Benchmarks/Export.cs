using System.Diagnostics;
using System.Globalization;

namespace VoteTracker.Benchmarks;

/// <summary>
/// The whole record as CSV over HTTP, compared with sqlite3 on a plain table with the same rows; its first byte; the
/// growth of the service's memory; and the write-ahead log while stances are written.
/// </summary>
internal static class Export
{
    private const string RollCalls = "v1/export/roll-calls.csv";

    // Without an order, so that sqlite3 need not sort. The same columns, from a table with one row for each name.
    private const string Query = """
        SELECT
            v.resolution, r.symbol, r.session, c.recorded_on, v.member_state, m.iso2, m.m49, m.undl_name,
            m.regional_group, v.vote,
            CASE v.vote WHEN 'yes' THEN 'Y' WHEN 'no' THEN 'N' WHEN 'abstain' THEN 'A' ELSE 'X' END,
            CASE v.vote WHEN 'yes' THEN 1 WHEN 'no' THEN 3 WHEN 'abstain' THEN 2 ELSE 8 END,
            v.intended
        FROM plain_vote v
        JOIN roll_call c ON c.resolution = v.resolution AND c.version = v.version
        JOIN resolution r ON r.id = v.resolution
        JOIN member_state m ON m.iso3 = v.member_state;
        """;

    public static async Task Run(Length length)
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-export-").FullName;
        await using (var fresh = await Server.VoteTracker(folder))
        {
            await Campaign.Open(fresh);
        }
        var (database, plain) = (Path.Combine(folder, "votetracker.db"), Path.Combine(folder, "plain.db"));
        var names = WholeRecord.Fill(database, length == Length.Full ? 4_720 : 472);
        WholeRecord.CopyPlain(database, plain);
        await using (var server = await Server.VoteTracker(folder))
        {
            using var client = server.Client();
            // First, a service without earlier exports.
            await client.GetByteArrayAsync($"{RollCalls}?session=es-11");
            await Growth(server, client, names);
            for (var i = 0; i < 2; i++)
            {
                await Rate(client, names);
                await Printed(plain, names);
            }
            await Ratios.Measure(
                $"export ({names.ToString("N0", CultureInfo.InvariantCulture)} rows)",
                "rows/s",
                length.Rounds / 2,
                () => Rate(client, names),
                "sqlite3 -csv",
                () => Printed(plain, names)
            );
            await FirstByte(client, length == Length.Full ? 50 : 10);
            await WhileWriting(server, client, names, database + "-wal");
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> Rate(HttpClient client, long names)
    {
        var watch = Stopwatch.StartNew();
        var lines = await Read(client);
        return lines == names + 1
            ? names / watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"{lines} lines of {names} names.");
    }

    private static async Task<long> Read(HttpClient client)
    {
        using var answer = await client.GetAsync(RollCalls, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, lines) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        return lines;
    }

    private static async Task<double> Printed(string database, long names)
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo("sqlite3", ["-readonly", "-csv", database, Query])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (buffer, lines) = (new byte[64 * 1024], 0L);
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        await process.WaitForExitAsync();
        return lines == names
            ? names / watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"{lines} lines of {names} names.");
    }

    // Compared with the first byte of a short list, because both wait on a busy machine.
    private static async Task FirstByte(HttpClient client, int times)
    {
        var (export, list) = (new List<double>(times), new List<double>(times));
        for (var i = 0; i < times; i++)
        {
            export.Add(await Wait(client, RollCalls));
            list.Add(await Wait(client, "v1/sessions"));
        }
        Ratios.Print("export, first byte", "ms", export, "first byte of a list", list);
    }

    private static async Task<double> Wait(HttpClient client, string path)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1]);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task Growth(Server server, HttpClient client, long names)
    {
        var before = Machine.Resident(server.Id);
        using var stop = new CancellationTokenSource();
        var most = Task.Run(async () =>
        {
            var highest = before;
            while (!stop.IsCancellationRequested)
            {
                highest = Math.Max(highest, Machine.Resident(server.Id));
                await Task.Delay(20, CancellationToken.None);
            }
            return highest;
        });
        for (var i = 0; i < 3; i++)
        {
            await Rate(client, names);
        }
        await stop.CancelAsync();
        var peak = await most;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"export, memory: {before / 1e6:0.0} MB before, {peak / 1e6:0.0} MB at most in three: grown by {(peak - before) / 1e6:0.0} MB"
            )
        );
    }

    // The log must not grow with the export. A reader with an old snapshot would prevent its checkpoint.
    private static async Task WhileWriting(Server server, HttpClient client, long names, string log)
    {
        var members = await Campaign.Members(server);
        var alone = await Writing(TimeSpan.FromSeconds(10));
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        var exporting = Task.Run(async () =>
        {
            var done = 0;
            while (!stop.IsCancellationRequested)
            {
                await Rate(client, names);
                done++;
            }
            return done;
        });
        var beside = await Writing(TimeSpan.FromSeconds(10));
        await stop.CancelAsync();
        var exports = await exporting;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"export while writing: {beside.PerSecond:0} writes/s beside {exports} exports in {watch.Elapsed.TotalSeconds:0} s, log {beside.Log / 1e6:0.0} MB at most; {alone.PerSecond:0} writes/s alone, log {alone.Log / 1e6:0.0} MB"
            )
        );

        async Task<(double PerSecond, long Log)> Writing(TimeSpan time)
        {
            using var end = new CancellationTokenSource(time);
            var written = Task.Run(() => Poll.WriteAt(server, members, perSecond: 500, end.Token));
            var most = 0L;
            while (!written.IsCompleted)
            {
                most = Math.Max(most, new FileInfo(log).Length);
                await Task.Delay(20);
            }
            return (await written, most);
        }
    }
}
