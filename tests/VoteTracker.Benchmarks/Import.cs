using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Benchmarks;

/// <summary>
/// The import of a file as large as the whole record, compared with `.import` of `sqlite3` into a bare table; a second
/// import compared with the first; its memory; and the delay of stances while it is sent to a service.
/// </summary>
internal static class Import
{
    private const int Writers = 8;

    public static async Task Run(Length length)
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-import-").FullName;
        var file = Path.Combine(folder, "votes.csv");
        WholeFile.Make(file, length == Length.Full ? 5_500 : 550);
        Say($"import: a file of {new FileInfo(file).Length / 1e6:N0} MB");
        var rounds = length == Length.Full ? 5 : 2;
        var (again, memory) = (new List<double>(), 0.0);
        var first = new List<double>();
        await Ratios.Measure(
            "import",
            "s",
            rounds,
            async () =>
            {
                var home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
                var (seconds, megabytes) = await Ours(home, file);
                first.Add(seconds);
                again.Add((await Ours(home, file)).Seconds);
                memory = Math.Max(memory, megabytes);
                Recount(Path.Combine(home, "votetracker.db"));
                Directory.Delete(home, recursive: true);
                return seconds;
            },
            "sqlite3 .import into a bare table",
            () => Theirs(folder, file)
        );
        Ratios.Print("second import", "s", again, "the first", first);
        Say($"import: {memory:N0} MB resident at most");
        await BesideWrites(file);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(double Seconds, double Megabytes)> Ours(string home, string file)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "VoteTracker.dll");
        return await Timed(
            new ProcessStartInfo("dotnet", [program, "import", "roll-calls", file]) { WorkingDirectory = home }
        );
    }

    private static async Task<double> Theirs(string folder, string file)
    {
        var database = Path.Combine(folder, "bare.db");
        var (seconds, _) = await Timed(
            new ProcessStartInfo("sqlite3", [database, ".mode csv", $".import '{file}' votes"])
        );
        File.Delete(database);
        return seconds;
    }

    private static async Task<(double Seconds, double Megabytes)> Timed(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var most = 0L;
        while (!process.WaitForExit(20))
        {
            most = Math.Max(most, Machine.Peak(process.Id));
        }
        var seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? (seconds, most / 1e6)
            : throw new InvalidOperationException($"{start.FileName}: {await output}{await errors}");
    }

    // The votes of every roll call with names equal its totals. Only those without names are listed.
    private static void Recount(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        var wrong = connection.ExecuteScalar<long>(
            """
            SELECT COUNT(*)
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            WHERE r.origin = 'import' AND c.has_names AND (
                c.announced_yes <> LENGTH(c.names) - LENGTH(REPLACE(c.names, 'y', ''))
                OR c.announced_no <> LENGTH(c.names) - LENGTH(REPLACE(c.names, 'n', ''))
                OR c.announced_abstain <> LENGTH(c.names) - LENGTH(REPLACE(c.names, 'a', ''))
                OR c.announced_non_voting <> LENGTH(c.names) - LENGTH(REPLACE(c.names, 'x', ''))
            )
            """
        );
        var report = JsonNode.Parse(
            connection.QueryFirst<string>("SELECT report FROM import WHERE status = 'done' ORDER BY begun_at")
        )!;
        var listed = report["findings"]!.AsArray().Sum(f => f!["count"]!.GetValue<long>());
        if (wrong != 0 || listed != WholeFile.WithoutNames)
        {
            throw new InvalidOperationException($"{wrong} roll calls differ from their totals, {listed} are listed.");
        }
    }

    private static async Task BesideWrites(string file)
    {
        await using var server = await Server.VoteTracker();
        await Campaign.Open(server);
        var members = await Campaign.Members(server);
        var waits = new ConcurrentBag<double>();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable
            .Range(0, Writers)
            .Select(writer => Task.Run(() => Write(server, members, writer, waits, stop.Token)))
            .ToArray();
        // Measures the import, and not a service that has just started.
        await Task.Delay(TimeSpan.FromSeconds(3));
        waits.Clear();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var alone = waits.ToList();
        waits.Clear();
        using var client = server.Client();
        var watch = Stopwatch.StartNew();
        await using (var bytes = File.OpenRead(file))
        {
            using var content = new StreamContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            using var answer = await client.PostAsync("v1/imports/roll-calls", content);
            answer.EnsureSuccessStatusCode();
            await Ended(client, answer.Headers.Location!);
        }
        var seconds = watch.Elapsed.TotalSeconds;
        var all = waits.ToList();
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Say(
            $"import beside {Writers} writers: {seconds:0.0} s; {all.Count:N0} stances, 99th percentile {Ratios.Quantile(all, 0.99):0.0} ms (without it {Ratios.Quantile(alone, 0.99):0.0} ms), slowest {all.Max():0.0} ms; the service {Machine.Peak(server.Id) / 1e6:N0} MB resident at most"
        );
    }

    private static async Task Ended(HttpClient client, Uri import)
    {
        while (true)
        {
            var status = (await client.GetFromJsonAsync<JsonNode>(import))!["status"]!.GetValue<string>();
            if (status != "running")
            {
                if (status != "done")
                {
                    throw new InvalidOperationException($"The import {status}.");
                }
                return;
            }
            await Task.Delay(20);
        }
    }

    private static async Task Write(
        Server server,
        IReadOnlyList<string> members,
        int writer,
        ConcurrentBag<double> waits,
        CancellationToken stop
    )
    {
        using var client = server.Client();
        for (var i = writer; !stop.IsCancellationRequested; i += Writers)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Put,
                $"{Campaign.Stances}/{members[i % members.Count]}"
            )
            {
                Content = JsonContent.Create(
                    new
                    {
                        position = "yes",
                        certainty = "likely",
                        evidence = "call",
                    }
                ),
            };
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            var watch = Stopwatch.StartNew();
            using var answer = await client.SendAsync(request, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            waits.Add(watch.Elapsed.TotalMilliseconds);
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
