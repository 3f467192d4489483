using System.Globalization;
using System.Net.Http.Json;

namespace VoteTracker.Benchmarks;

/// <summary>Polls of a public tally, as the service ships, against a bare program and against nginx with the same bytes.</summary>
internal static class Poll
{
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
        await WhileWriting(ours, tally, length);
    }

    internal static async Task<double> Rate(Uri address, Length length, params string[] headers)
    {
        var result = await Wrk.Load(address, length.Round, script: null, headers: headers);
        return result.NotOk == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.NotOk} answers were errors.");
    }

    // The 99th percentile with 64 connections while 1,000 writes a second run.
    private static async Task WhileWriting(Server ours, Uri tally, Length length)
    {
        var members = await Campaign.Members(ours);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAt(ours, members, perSecond: 1_000, stop.Token));
        await Task.Delay(TimeSpan.FromSeconds(1));
        var polled = await Wrk.Load(tally, length.Round * 5);
        await stop.CancelAsync();
        var written = await writing;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"poll while writing: 64 connections, {polled.PerSecond:N0} requests/s, {written:N0} writes/s; 99th percentile {polled.P99Milliseconds:0.00} ms"
            )
        );
    }

    /// <summary>Writes stances at a steady rate, from 16 clients; answers the rate that was kept.</summary>
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
