using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Process;

/// <summary>The sample configuration of nginx before a service: which responses it caches, and which requests it forwards.</summary>
public sealed class BehindNginxTests
{
    [Test]
    public async Task The_public_polls_the_cache_and_gets_nothing_older_than_two_seconds()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Nginx.Before(service.Address);
        using var admin = service.Client();
        var id = await admin.OpenDraft(new { visibility = "tally" });
        // The cache has a response before there are two: those that miss it together are stored in any order.
        using (var first = nginx.Client())
        {
            await first.GetJson($"v1/resolutions/{id}/tally");
        }
        // Each version, and the time of the response to its writer.
        var answered = new ConcurrentQueue<(long Version, TimeSpan At)>();
        var clock = Stopwatch.StartNew();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(Length.IsSoak ? 60 : 6));
        var writer = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                var stance = await admin.RecordStance(id, "NOR", i % 2 == 0 ? "yes" : "no");
                answered.Enqueue((stance["version"]!.GetValue<long>(), clock.Elapsed));
                await Task.Delay(50);
            }
        });
        var polls = 0;
        var reached = 0;
        var oldest = TimeSpan.Zero;
        var slowest = TimeSpan.Zero;
        var wentBack = 0;
        var pollers = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(async () =>
                {
                    using var client = nginx.Client();
                    for (var seen = 0L; !enough.IsCancellationRequested; )
                    {
                        var asked = clock.Elapsed;
                        using var answer = await client.GetAsync($"v1/resolutions/{id}/tally");
                        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                        var version = long.Parse(answer.ETag()!.Trim('"'), CultureInfo.InvariantCulture);
                        if (version < seen)
                        {
                            Interlocked.Increment(ref wentBack);
                        }
                        seen = version;
                        Interlocked.Increment(ref polls);
                        lock (answered)
                        {
                            slowest = clock.Elapsed - asked > slowest ? clock.Elapsed - asked : slowest;
                        }
                        var cache = answer.Headers.GetValues("X-Cache").Single();
                        if (cache is not ("HIT" or "STALE" or "UPDATING"))
                        {
                            Interlocked.Increment(ref reached);
                        }
                        // The first acknowledged version that it did not show.
                        var missed = answered.FirstOrDefault(a => a.Version > version && a.At < asked);
                        if (missed.Version > 0)
                        {
                            lock (answered)
                            {
                                oldest = asked - missed.At > oldest ? asked - missed.At : oldest;
                            }
                        }
                    }
                })
            )
            .ToList();
        await Task.WhenAll([writer, .. pollers]);
        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{polls} polls, {reached} reached the service; the oldest answer was {oldest.TotalSeconds:0.00} s old, the slowest took {slowest.TotalSeconds:0.00} s"
            )
        );
        answered.Count.ShouldBeGreaterThan(10);
        // A refresh of more than a second, on a busy machine, makes all pollers miss the cache, and their responses overtake each other.
        if (slowest < TimeSpan.FromSeconds(1))
        {
            wentBack.ShouldBe(0, "a poll never goes back");
        }
        // Otherwise one request a second refreshes the response.
        reached.ShouldBeLessThan(
            (2 + (int)slowest.TotalSeconds * pollers.Count) * (2 + (int)clock.Elapsed.TotalSeconds)
        );
        polls.ShouldBeGreaterThan(reached, "responses come from the cache");
        // The cache returns the old state until it has the new one. On a busy machine that takes longer.
        oldest.ShouldBeLessThan(TimeSpan.FromSeconds(2.5) + 2 * slowest);
    }

    [TestCase("votetracker=a", "BYPASS")]
    [TestCase("x=y; __Host-votetracker=a", "BYPASS")]
    [TestCase("my-votetracker=a", "MISS")]
    public async Task Requests_with_the_cookie_of_a_session_reach_the_service(string cookie, string cache)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Nginx.Before(service.Address);
        using var client = nginx.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/resolutions/es-10-27/tally");
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Cache").ShouldBe([cache]);
    }

    [Test]
    public async Task Requests_with_a_key_or_for_the_newest_version_reach_the_service()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Nginx.Before(service.Address);
        using var admin = nginx.Client(App.AdminKey);
        using var anonymous = nginx.Client();
        var id = await admin.OpenDraft(new { visibility = "tally" });
        await anonymous.GetJson($"v1/resolutions/{id}/tally");
        for (var i = 0; i < 10; i++)
        {
            var stance = await admin.RecordStance(id, "NOR", "yes");
            (await admin.GetJson($"v1/resolutions/{id}/tally")).Int("version").ShouldBe(stance.Int("version"));
            using var newest = new HttpRequestMessage(HttpMethod.Get, $"v1/resolutions/{id}/tally");
            newest.Headers.CacheControl = new() { NoCache = true };
            using var answer = await anonymous.SendAsync(newest);
            (await answer.Json()).Int("version").ShouldBe(stance.Int("version"));
        }
        (await admin.Patch($"v1/resolutions/{id}", """{"visibility":"private"}""")).EnsureSuccessStatusCode();
        (await admin.GetJson($"v1/resolutions/{id}/tally")).Int("yes").ShouldBe(1);
        // Older public responses in the cache expire. Responses to a key are never cached.
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (true)
        {
            using var answer = await anonymous.GetAsync($"v1/resolutions/{id}/tally", limit.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }
            await Task.Delay(50, limit.Token);
        }
    }

    [Test]
    public async Task Strong_tags_arrive_as_they_are_and_writes_are_held_against_them()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Nginx.Before(service.Address);
        using var admin = nginx.Client(App.AdminKey);
        admin.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var id = await admin.OpenDraft(new { visibility = "tally" });
        await admin.RecordStance(id, "NOR", "yes");
        using var read = await admin.GetAsync($"v1/resolutions/{id}/stances/NOR");
        read.Headers.ETag!.IsWeak.ShouldBeFalse();
        read.Content.Headers.ContentEncoding.ShouldBeEmpty();
        var stance = new
        {
            position = "no",
            certainty = "confirmed",
            evidence = "call",
        };
        using var written = await admin.Put($"v1/resolutions/{id}/stances/NOR", stance, read.ETag());
        written.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var late = await admin.Put($"v1/resolutions/{id}/stances/NOR", stance, read.ETag());
        await late.ShouldBeProblem(412);
        using var poll = nginx.Client();
        poll.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var first = await poll.GetAsync($"v1/resolutions/{id}/tally");
        poll.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await poll.GetAsync($"v1/resolutions/{id}/tally");
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task A_stream_passes_event_by_event()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Nginx.Before(service.Address);
        using var admin = nginx.Client(App.AdminKey);
        var id = await admin.OpenDraft(new { visibility = "tally" });
        using var limit = new CancellationTokenSource(Hang.Limit);
        foreach (var path in (string[])[$"v1/resolutions/{id}/tally/stream", "v1/stream"])
        {
            using var listener = nginx.Client();
            using var stream = await listener.GetStreamAsync(path, limit.Token);
            using var reader = new StreamReader(stream);
            for (var i = 0; i < 3; i++)
            {
                var version = (await admin.RecordStance(id, "NOR", "yes")).Int("version");
                // Each event arrives while the stream is open. A proxy that buffers events would never deliver them.
                while (await reader.ReadLineAsync(limit.Token) is { } line)
                {
                    if (line.Contains($"\"version\":{version},", StringComparison.Ordinal))
                    {
                        break;
                    }
                }
                limit.IsCancellationRequested.ShouldBeFalse();
            }
        }
    }

    [Test]
    public async Task Each_client_has_its_own_limit_whatever_address_it_claims()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(
            folder,
            settings: ["--TrustedProxies", "127.0.0.1", "--AnonymousRequestsPerMinute", "30"]
        );
        await using var nginx = await Nginx.Before(service.Address);
        using var one = nginx.ClientFrom("127.0.0.2");
        using var other = nginx.ClientFrom("127.0.0.3");
        HttpStatusCode status;
        var asked = 0;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "v1/resolutions?limit=1");
            request.Headers.Add("X-Forwarded-For", $"192.0.2.{asked % 250}");
            request.Headers.Add("X-Forwarded-Host", "other.example");
            using var answer = await one.SendAsync(request);
            status = answer.StatusCode;
        } while (status == HttpStatusCode.OK && ++asked < 10_000);
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        asked.ShouldBeGreaterThanOrEqualTo(30);
        await other.GetJson("v1/resolutions?limit=1");
    }
}
