using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using VoteTracker.Tests;

namespace VoteTracker.Benchmarks;

/// <summary>
/// 1,000 changes a minute to 20 receivers on both databases, beside a service that gets the same writes and has no webhook:
/// polls of a tally, the 99th percentile of the writes, and how long an event takes to all receivers.
/// </summary>
internal static class Webhooks
{
    private const int Receivers = 20;
    private const int PerMinute = 1_000;

    public static async Task Run(Length length)
    {
        await Measure("webhooks, SQLite", length, null, null);
        using var postgres = new PostgresServer();
        postgres.Copy("template0", "webhooks");
        postgres.Copy("template0", "plain");
        await Measure(
            "webhooks, PostgreSQL",
            length,
            postgres.ConnectionString("webhooks"),
            postgres.ConnectionString("plain")
        );
    }

    private static async Task Measure(string figure, Length length, string? withDatabase, string? withoutDatabase)
    {
        await using var receivers = await Server.Bare();
        await using var ours = await Server.VoteTracker(database: withDatabase, webhookHosts: "127.0.0.1");
        await using var plain = await Server.VoteTracker(database: withoutDatabase);
        await Campaign.Open(ours);
        await Campaign.Open(plain);
        await AddWebhooks(ours, receivers);
        var members = await Campaign.Members(ours);
        using var with = new Writer(ours, members);
        using var without = new Writer(plain, members);
        // The runtime compiles, and the caches fill.
        await Both(length.Round * 2);
        var (sent, sentBefore) = (await Count(receivers), with.Count);

        await Ratios.Measure(
            $"{figure}: polls beside {PerMinute:N0} changes a minute to {Receivers} receivers",
            "requests/s",
            length.Rounds,
            () => Polls(ours, length.Round * 2, with),
            "the same without a webhook",
            () => Polls(plain, length.Round * 2, without)
        );
        with.Forget();
        without.Forget();
        for (var round = 0; round < length.Rounds; round++)
        {
            await with.Write(length.Round * 4);
            await without.Write(length.Round * 4);
        }
        Print($"{figure}: writes, 99th percentile", with.Milliseconds, without.Milliseconds, 0.99);
        Print($"{figure}: writes, median", with.Milliseconds, without.Milliseconds, 0.5);

        var expected = (with.Count - sentBefore) * Receivers;
        var watch = Stopwatch.StartNew();
        while (await Count(receivers) - sent < expected && watch.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(10);
        }
        var arrived = await Count(receivers) - sent;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{figure}: {arrived:N0} of {expected:N0} deliveries arrived; the last {watch.Elapsed.TotalMilliseconds:0} ms after the last write"
            )
        );

        async Task Both(TimeSpan time)
        {
            await Polls(ours, time, with);
            await Polls(plain, time, without);
        }
    }

    private static async Task<double> Polls(Server server, TimeSpan time, Writer writer)
    {
        var writing = writer.Write(time);
        var result = await Wrk.Load(new Uri(server.Address, Campaign.Tally), time);
        await writing;
        return result.NotOk == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.NotOk} answers were errors.");
    }

    private static void Print(string figure, IReadOnlyList<double> ours, IReadOnlyList<double> theirs, double quantile)
    {
        var (a, b) = (Ratios.Quantile(ours, quantile), Ratios.Quantile(theirs, quantile));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{figure}: {a:0.00} ms of {ours.Count:N0}; the same without a webhook: {b:0.00} ms; ratio {a / b:0.00}"
            )
        );
    }

    private static async Task AddWebhooks(Server server, Server receivers)
    {
        using var client = server.Client();
        for (var i = 0; i < Receivers; i++)
        {
            using var answer = await client.PostAsJsonAsync(
                "v1/webhooks",
                new
                {
                    url = new Uri(receivers.Address, $"hooks/{i}"),
                    events = (string[])["stance.changed", "threshold.crossed", "outlook.changed"],
                }
            );
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<long> Count(Server receivers)
    {
        using var client = receivers.Client();
        return long.Parse(await client.GetStringAsync("hooks"), CultureInfo.InvariantCulture);
    }

    /// <summary>Records stances at a steady rate, and measures each.</summary>
    private sealed class Writer(Server server, IReadOnlyList<string> members) : IDisposable
    {
        private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1) / PerMinute;

        private readonly HttpClient _client = server.Client();
        private readonly List<double> _milliseconds = [];

        public IReadOnlyList<double> Milliseconds => _milliseconds;

        /// <summary>The number of writes since the start.</summary>
        public long Count { get; private set; }

        public void Forget() => _milliseconds.Clear();

        public async Task Write(TimeSpan time)
        {
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; Interval * i < time; i++)
            {
                var wait = Interval * i - Stopwatch.GetElapsedTime(begun);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait);
                }
                using var request = new HttpRequestMessage(
                    HttpMethod.Put,
                    $"{Campaign.Stances}/{members[(int)(Count % members.Count)]}"
                )
                {
                    // Positions that do not cross the threshold at each change.
                    Content = JsonContent.Create(
                        new
                        {
                            position = Count / members.Count % 2 == 0 ? "abstain" : "undecided",
                            certainty = "likely",
                            evidence = "call",
                        }
                    ),
                };
                request.Headers.TryAddWithoutValidation("If-Match", "*");
                var before = Stopwatch.GetTimestamp();
                using var answer = await _client.SendAsync(request);
                _milliseconds.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                answer.EnsureSuccessStatusCode();
                Count++;
            }
        }

        public void Dispose() => _client.Dispose();
    }
}
