using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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
        using var campaign = await ReplicatedCampaign.Open(replicas: 3);
        var clock = Stopwatch.StartNew();
        var answered = new ConcurrentDictionary<long, TimeSpan>();
        var listeners = Enumerable
            .Range(0, 1_000)
            .Select(i => new ReconnectingListener(campaign, i % 3, clock))
            .ToList();
        var listening = listeners.Select(l => l.Follow()).ToList();
        await Task.WhenAll(listeners.Select(l => l.Begun)).WaitAsync(Hang.Limit);
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
            await listener.Reaches(last).WaitAsync(Hang.Limit);
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
        await ReconnectingListener.End(listeners, listening);
    }

    [Test]
    public async Task Killed_replicas_lose_no_acknowledged_write_and_reconnected_listeners_never_see_an_older_state()
    {
        using var campaign = await ReplicatedCampaign.Open(replicas: 3);
        var answered = new ConcurrentQueue<(string State, int Version)>();
        using var enough = new CancellationTokenSource();
        var listeners = Enumerable
            .Range(0, 60)
            .Select(i => new ReconnectingListener(campaign, i % 3, Stopwatch.StartNew()))
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
            await listener.Reaches(last).WaitAsync(Hang.Limit);
        }
        await ReconnectingListener.End(listeners, listening);

        async Task Answers(int count)
        {
            using var limit = new CancellationTokenSource(Hang.Limit);
            while (answered.Count < count)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }
}
