using System.Globalization;
using System.Net.Http.Json;

namespace VoteTracker.Benchmarks;

/// <summary>Polls of a public tally with default settings, compared with a bare program and with nginx for the same bytes.</summary>
internal static class Poll
{
    private const int Writers = 16;
    private const int WritesPerSecond = 1_000;

    public static async Task Run(Length length)
    {
        await using var ours = await Server.VoteTracker();
        await Campaign.Open(ours);
        using var client = ours.Client();
        var bytes = await client.GetByteArrayAsync(Campaign.Tally);
        await using var bare = await Server.Bare();
        using var bareClient = bare.Client();
        (await bareClient.PutAsync("bytes", new ByteArrayContent(bytes))).EnsureSuccessStatusCode();
        await using var nginx = await Server.Nginx("location / { }");
        await nginx.Put("tally.json", bytes);

        var (tally, bareTally, file) = (
            new Uri(ours.Address, Campaign.Tally),
            new Uri(bare.Address, "tally"),
            new Uri(nginx.Address, "tally.json")
        );
        foreach (var address in (Uri[])[tally, bareTally, file, tally, bareTally])
        {
            await Wrk.Load(address, length.Round);
        }
        await Ratios.Measure(
            "poll",
            "requests/s",
            length.Rounds,
            () => Rate(tally, length),
            "bare ASP.NET Core",
            () => Rate(bareTally, length)
        );
        await Ratios.Measure(
            "poll",
            "requests/s",
            length.Rounds,
            () => Rate(tally, length),
            "nginx, a file",
            () => Rate(file, length)
        );
        await WhileWriting(ours, bare, length);
    }

    internal static async Task<double> Rate(Uri address, Length length, params string[] headers)
    {
        var result = await Wrk.Load(address, length.Round, script: null, headers: headers);
        return result.NotOk == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.NotOk} responses were errors.");
    }

    // The 99th percentile with 64 connections and 1,000 writes a second, compared with the bare program, which responds
    // to those writes at once.
    private static async Task WhileWriting(Server ours, Server bare, Length length)
    {
        var members = await Campaign.Members(ours);
        var (script, bareScript) = (
            Campaign.WriteScript(Campaign.Stances, members, WritesPerSecond),
            Campaign.WriteScript("stances", members, WritesPerSecond)
        );
        var (rates, bareRates) = (new List<double>(), new List<double>());
        var (writes, bareWrites) = (new List<double>(), new List<double>());
        await Ratios.Measure(
            $"poll while writing, 64 connections, 99th percentile",
            "ms",
            length.Rounds,
            () => Slowest(ours, Campaign.Tally, script, length, rates, writes),
            "bare ASP.NET Core, as many writes answered at once",
            () => Slowest(bare, "tally", bareScript, length, bareRates, bareWrites)
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"poll while writing: {Ratios.Quantile(rates, 0.5):N0} requests/s beside {Ratios.Quantile(writes, 0.5):N0} writes/s; bare ASP.NET Core: {Ratios.Quantile(bareRates, 0.5):N0} beside {Ratios.Quantile(bareWrites, 0.5):N0}; ratio {Ratios.Quantile(rates, 0.5) / Ratios.Quantile(bareRates, 0.5):0.00}"
            )
        );
    }

    private static async Task<double> Slowest(
        Server server,
        string tally,
        string script,
        Length length,
        List<double> rates,
        List<double> writes
    )
    {
        var writing = Wrk.Load(server.Address, length.Round + TimeSpan.FromSeconds(1), Writers, script);
        await Task.Delay(500);
        var polled = await Wrk.Load(new Uri(server.Address, tally), length.Round);
        var written = await writing;
        if (polled.NotOk + written.NotOk > 0)
        {
            throw new InvalidOperationException($"{polled.NotOk} polls and {written.NotOk} writes were errors.");
        }
        rates.Add(polled.PerSecond);
        writes.Add(written.PerSecond);
        return polled.P99Milliseconds;
    }

    /// <summary>Writes stances at a steady rate from 16 clients, and returns the achieved rate.</summary>
    internal static async Task<double> WriteAt(
        Server server,
        IReadOnlyList<string> members,
        int perSecond,
        CancellationToken stop
    )
    {
        const int clients = 16;
        var started = System.Diagnostics.Stopwatch.StartNew();
        var written = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async c =>
                {
                    using var client = server.Client();
                    client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");
                    for (var i = 0; !stop.IsCancellationRequested; i++)
                    {
                        var due = TimeSpan.FromSeconds((double)(i * clients + c) / perSecond);
                        if (due > started.Elapsed)
                        {
                            await Task.Delay(due - started.Elapsed, CancellationToken.None);
                        }
                        using var answer = await client.PutAsJsonAsync(
                            $"{Campaign.Stances}/{members[(i * clients + c) % members.Count]}",
                            new
                            {
                                position = i % 2 == 0 ? "yes" : "abstain",
                                certainty = "likely",
                                evidence = "call",
                            },
                            CancellationToken.None
                        );
                        answer.EnsureSuccessStatusCode();
                        Interlocked.Increment(ref written);
                    }
                })
        );
        return written / started.Elapsed.TotalSeconds;
    }
}
