using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>A primary is killed under load and its synchronous standby is promoted. The service continues.</summary>
[OnlyPostgres]
public sealed class FailoverTests
{
    private static readonly string[] States = ["BRA", "EGY", "FRA", "IND", "JPN", "KEN", "NOR", "ZAF"];

    [Test]
    public async Task After_a_failover_acknowledged_writes_exist_and_repeated_requests_took_effect_once()
    {
        using var primary = new PostgresServer();
        primary.Execute("CREATE DATABASE campaign");
        using var standby = primary.AddSynchronousStandby();
        using var folder = new Folder();
        await using var service = await Service.Start(
            folder,
            settings:
            [
                "--Database",
                $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=votetracker;Database=campaign;Target Session Attributes=primary;Timeout=3",
            ]
        );
        using var admin = service.Client();
        admin.Timeout = TimeSpan.FromSeconds(20);
        var id = await admin.OpenDraft();
        var clock = Stopwatch.StartNew();
        var stances = new ConcurrentQueue<(string State, long Version)>();
        var contacts = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var answeredAt = TimeSpan.Zero;
        var resent = 0;
        using var enough = new CancellationTokenSource();
        var writers = States
            .Select(state =>
                Task.Run(async () =>
                {
                    for (var i = 0; !enough.IsCancellationRequested; i++)
                    {
                        await Record(state);
                        await Add($"{state} {i}");
                    }
                })
            )
            .ToList();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await Until(() => stances.Count >= 100);

        primary.Kill();
        standby.Promote();
        var promoted = clock.Elapsed;
        await Until(() => Volatile.Read(ref resent) > 0 && answeredAt > promoted);
        var wentOnAfter = answeredAt - promoted;
        var before = stances.Count;
        await Until(() => stances.Count >= before + 100);
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{stances.Count} stances and {contacts.Count} contacts answered, {resent} requests sent again; writes went on {wentOnAfter.TotalSeconds:0.0} s after the promotion"
            )
        );

        foreach (var answered in stances.GroupBy(s => s.State, s => s.Version, StringComparer.Ordinal))
        {
            var history = await admin.GetPages(
                $"/v1/resolutions/{id}/stances/{answered.Key}/history?limit=1000",
                1_000
            );
            answered.Except(history.Select(h => h.Version())).ShouldBeEmpty(answered.Key);
        }
        var there = (await admin.GetPages("/v1/contacts?limit=1000", 1_000)).Select(c => c.Text("name")).ToList();
        there.ShouldBeInAnyOrder(contacts.Keys, "each contact once, also those that were sent again");
        (await admin.GetJson($"/v1/resolutions/{id}/tally"))
            .Version()
            .ShouldBeGreaterThanOrEqualTo(stances.Max(s => s.Version));
        stances.Select(s => s.Version).ShouldBeUnique();
        stances.Count(s => s.Version >= 1_000_000).ShouldBeGreaterThan(0, "the standby is a new incarnation");

        async Task Until(Func<bool> condition)
        {
            while (!condition())
            {
                await Task.Delay(20, limit.Token);
            }
        }

        async Task Record(string state)
        {
            try
            {
                using var answer = await admin.Put(
                    $"/v1/resolutions/{id}/stances/{state}",
                    new
                    {
                        position = "yes",
                        certainty = "likely",
                        evidence = "call",
                    }
                );
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    stances.Enqueue((state, (await answer.Json()).Version()));
                    answeredAt = clock.Elapsed;
                }
                else
                {
                    await answer.ShouldBeProblem(503);
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Without a response, the write may be committed or not.
            }
        }

        // Sent with the same key until there is a response.
        async Task Add(string name)
        {
            for (var isFirst = true; ; isFirst = false)
            {
                if (!isFirst)
                {
                    Interlocked.Increment(ref resent);
                    await Task.Delay(50);
                }
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts")
                {
                    Content = JsonContent.Create(
                        new
                        {
                            memberState = name[..3],
                            name,
                            office = "mission",
                        }
                    ),
                };
                request.Headers.Add("Idempotency-Key", $"contact {name}");
                try
                {
                    using var answer = await admin.SendAsync(request);
                    if (answer.StatusCode == HttpStatusCode.Created)
                    {
                        contacts.TryAdd(name, (await answer.Json()).Text("id")!).ShouldBeTrue();
                        return;
                    }
                    ((int)answer.StatusCode).ShouldBeOneOf(409, 503);
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    // Without a response, the request is sent again.
                }
            }
        }
    }
}
