using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Live;

/// <summary>Three replicas as processes on one PostgreSQL server with syncs, with many listeners and writers.</summary>
[OnlyPostgres]
public sealed class ReplicasUnderLoadTests
{
    private static readonly string[] States =
    [
        "ARG",
        "BRA",
        "CHL",
        "DEU",
        "EGY",
        "FRA",
        "GHA",
        "HTI",
        "IND",
        "JPN",
        "KEN",
        "LAO",
        "MEX",
        "NOR",
        "PER",
        "ZAF",
    ];

    [Test]
    public async Task Every_listener_of_every_replica_receives_increasing_versions_and_the_final_tally()
    {
        using var campaign = await Campaign.Open(replicas: 3);
        var clock = Stopwatch.StartNew();
        var answered = new ConcurrentDictionary<long, TimeSpan>();
        var listeners = Enumerable.Range(0, 1_000).Select(i => new Listening(campaign, i % 3, clock)).ToList();
        var listening = listeners.Select(l => l.Follow()).ToList();
        await Task.WhenAll(listeners.Select(l => l.Begun)).WaitAsync(TimeSpan.FromMinutes(2));
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(Length.IsSoak ? 60 : 6));
        await Task.WhenAll(
            States.Select(
                (state, i) =>
                    Task.Run(async () =>
                    {
                        using var writer = campaign.Replicas[i % 3].Client();
                        while (!enough.IsCancellationRequested)
                        {
                            var version = (await writer.RecordStance(campaign.Id, state, "yes")).Int("version");
                            answered[version] = clock.Elapsed;
                            await Task.Delay(1_000);
                        }
                    })
            )
        );
        var last = answered.Keys.Max();
        foreach (var listener in listeners)
        {
            await listener.Reaches(last).WaitAsync(TimeSpan.FromMinutes(1));
        }
        foreach (var replica in campaign.Replicas)
        {
            using var reader = replica.Client();
            var tally = await reader.GetJson($"/v1/resolutions/{campaign.Id}/tally");
            (tally.Int("version"), tally.Int("yes")).ShouldBe(((int)last, States.Length));
        }
        var delays = answered
            .Select(a => listeners.Max(l => l.Saw(a.Key) - a.Value))
            .Order()
            .Select(d => d.TotalMilliseconds)
            .ToList();
        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{answered.Count} writes, 1000 listeners of 3 replicas: from the answer to the last listener, median {delays[delays.Count / 2]:0} ms, 99th percentile {delays[(int)(delays.Count * 0.99)]:0} ms"
            )
        );
        await Listening.End(listeners, listening);
    }

    [Test]
    public async Task Killed_replicas_lose_no_acknowledged_write_and_reconnected_listeners_never_see_an_older_state()
    {
        using var campaign = await Campaign.Open(replicas: 3);
        var answered = new ConcurrentQueue<(string State, int Version)>();
        using var enough = new CancellationTokenSource();
        var listeners = Enumerable
            .Range(0, 60)
            .Select(i => new Listening(campaign, i % 3, Stopwatch.StartNew()))
            .ToList();
        var listening = listeners.Select(l => l.Follow()).ToList();
        var writing = States
            .Select(
                (state, i) =>
                    Task.Run(async () =>
                    {
                        for (var at = i; !enough.IsCancellationRequested; )
                        {
                            try
                            {
                                using var writer = campaign.Replicas[at % 3].Client();
                                answered.Enqueue(
                                    (state, (await writer.RecordStance(campaign.Id, state, "no")).Int("version"))
                                );
                                await Task.Delay(20);
                            }
                            catch (Exception e) when (e is HttpRequestException or IOException)
                            {
                                // The replica was killed, so the next one is used.
                                at++;
                            }
                        }
                    })
            )
            .ToList();
        for (var round = 0; round < (Length.IsSoak ? 20 : 2); round++)
        {
            await Answers(answered.Count + 50);
            await campaign.KillAndReplace(round % 3);
        }
        await Answers(answered.Count + 50);
        await enough.CancelAsync();
        await Task.WhenAll(writing);
        using var admin = campaign.Replicas[0].Client();
        foreach (var byState in answered.GroupBy(a => a.State, a => a.Version, StringComparer.Ordinal))
        {
            var history = await admin.GetPages(
                $"/v1/resolutions/{campaign.Id}/stances/{byState.Key}/history?limit=1000",
                1_000
            );
            byState.Except(history.Select(h => h.Int("version"))).ShouldBeEmpty(byState.Key);
        }
        var last = (await admin.GetJson($"/v1/resolutions/{campaign.Id}/tally")).Int("version");
        foreach (var listener in listeners)
        {
            await listener.Reaches(last).WaitAsync(TimeSpan.FromMinutes(1));
        }
        await Listening.End(listeners, listening);

        async Task Answers(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (answered.Count < count)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    /// <summary>A campaign with a public draft, and the replicas that serve it.</summary>
    private sealed class Campaign : IDisposable
    {
        private readonly PostgresServer _server = new();
        private readonly Folder _folder = new();

        public Service[] Replicas { get; private set; } = [];

        public string Id { get; private set; } = "";

        public static async Task<Campaign> Open(int replicas)
        {
            var campaign = new Campaign();
            campaign._server.Execute("CREATE DATABASE campaign");
            // They start together: one migrates and loads the record, the others wait for it.
            campaign.Replicas = await Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => campaign.Start()));
            using var admin = campaign.Replicas[0].Client();
            campaign.Id = await admin.OpenDraft(new { visibility = "tally" });
            return campaign;
        }

        public async Task KillAndReplace(int index)
        {
            await Replicas[index].Kill();
            Replicas[index] = await Start();
        }

        public void Dispose()
        {
            foreach (var replica in Replicas)
            {
                replica.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            _server.Dispose();
            _folder.Dispose();
        }

        private Task<Service> Start() =>
            Service.Start(_folder, settings: ["--Database", _server.ConnectionString("campaign")]);
    }

    /// <summary>A listener that reconnects to the next replica with its last event when the stream ends.</summary>
    private sealed class Listening(Campaign campaign, int replica, Stopwatch clock)
    {
        private readonly List<(long Version, TimeSpan At)> _seen = [];
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _stop = new();
        private long _last;

        public Task Begun => _begun.Task;

        public async Task Follow()
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            for (var at = replica; !_stop.IsCancellationRequested; at++)
            {
                try
                {
                    await Listen(client, campaign.Replicas[at % campaign.Replicas.Length]);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    // The replica was killed, or the test stops.
                }
            }
        }

        public async Task Reaches(long version)
        {
            while (Volatile.Read(ref _last) < version)
            {
                await Task.Delay(20);
            }
        }

        /// <summary>The moment at which it received this version or a newer one.</summary>
        public TimeSpan Saw(long version) => _seen.First(s => s.Version >= version).At;

        public static async Task End(List<Listening> listeners, List<Task> following)
        {
            foreach (var listener in listeners)
            {
                await listener._stop.CancelAsync();
            }
            await Task.WhenAll(following);
        }

        private async Task Listen(HttpClient client, Service service)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(service.Address, $"v1/resolutions/{campaign.Id}/tally/stream")
            );
            if (_last > 0)
            {
                request.Headers.TryAddWithoutValidation("Last-Event-ID", _last.ToString(CultureInfo.InvariantCulture));
            }
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(_stop.Token));
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    var version = long.Parse(line[4..], CultureInfo.InvariantCulture);
                    version.ShouldBeGreaterThan(_last, "versions increase at every replica");
                    _seen.Add((version, clock.Elapsed));
                    Volatile.Write(ref _last, version);
                    _begun.TrySetResult();
                }
            }
        }
    }
}
