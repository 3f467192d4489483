using VoteTracker.Tests.Process;
using static VoteTracker.Tests.Features.Exports.Packages;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A package as of a moment has the same bytes each time.</summary>
[EveryEngine]
public sealed class PackageMomentsTests
{
    [Test]
    public async Task As_of_a_moment_the_bytes_never_change()
    {
        using var app = new App();
        var id = await Draft(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var moment = app.Clock.GetUtcNow().Iso();
        var path = $"/v1/resolutions/{id}/export.zip";
        var latest = await app.Viewer.GetByteArrayAsync(path);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await app.Viewer.GetByteArrayAsync($"{path}?asOf={moment}");
        first.ShouldBe(latest, "the newest is the one of its moment");
        var record = await app.Anonymous.GetByteArrayAsync($"/v1/export.zip?asOf={moment}");

        // Every kind of change.
        app.Clock.Jump(TimeSpan.FromDays(3));
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        await app.Lobbyist.RecordStance(id, "DNK", "no");
        await Put(app.Lobbyist, $"/v1/resolutions/{id}/co-sponsors/SWE", new { status = "withdrawn", role = "main" });
        await Put(
            app.Coordinator,
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        using var patched = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { visibility = "tally", voteOn = "2026-11-24" }
        );
        patched.IsSuccessStatusCode.ShouldBeTrue(await patched.Content.ReadAsStringAsync());
        await Put(
            app.Coordinator,
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-24", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        (await app.Viewer.GetByteArrayAsync($"{path}?asOf={moment}")).ShouldBe(first);
        (await app.Anonymous.GetByteArrayAsync($"/v1/export.zip?asOf={moment}")).ShouldBe(record);
        (await app.Viewer.GetByteArrayAsync(path)).ShouldNotBe(first);
    }

    [AnyEngine]
    [Test]
    public async Task Another_process_makes_the_same_bytes()
    {
        using var folder = new Folder();
        const string query = "?asOf=2026-01-01T00:00:00Z";
        string[] paths = ["/v1/export.zip" + query, "/v1/resolutions/es-10-27/export.zip" + query];
        var made = new List<byte[]>();
        for (var i = 0; i < 2; i++)
        {
            await using var service = await Service.Start(folder);
            using var client = service.Client(key: null);
            foreach (var path in paths)
            {
                using var answer = await client.GetAsync(path);
                answer.EnsureSuccessStatusCode();
                answer.Headers.CacheControl!.ToString().ShouldBe("no-transform, public, max-age=31536000, immutable");
                made.Add(await answer.Content.ReadAsByteArrayAsync());
            }
            await service.Stop();
        }
        made[0].ShouldBe(made[2]);
        made[1].ShouldBe(made[3]);
    }

    [Test]
    public async Task The_newest_package_links_to_its_permanent_address()
    {
        using var app = new App();
        var id = await Draft(app, "positions");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var path = $"/v1/resolutions/{id}/export.zip";
        using var viewer = await app.Viewer.GetAsync(path);
        viewer.Content.Headers.ContentLocation!.ToString().ShouldBe($"{path}?asOf=2026-11-21T15:01:00Z");
        viewer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        // Public responses have the current stances and no past ones.
        using var anonymous = await app.Anonymous.GetAsync(path);
        anonymous.Content.Headers.ContentLocation.ShouldBeNull();
        // A package as of the current moment may not be cached: further commits may have the same moment.
        using var now = await app.Viewer.GetAsync($"{path}?asOf=2026-11-21T15:01:00Z");
        now.Headers.CacheControl!.NoCache.ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var past = await app.Viewer.GetAsync($"{path}?asOf=2026-11-21T15:01:00Z");
        past.Headers.CacheControl!.ToString().ShouldBe("no-transform, max-age=31536000, private, immutable");
    }

    [AnyEngine]
    [TestCase("asOf=2026-11-20", 400)]
    [TestCase("asOf=2036-11-20T00:00:00Z", 400)]
    [TestCase("asOf=1980-01-01T00:00:00Z", 404)]
    public async Task A_moment_before_the_resolution_or_in_the_future_is_rejected(string query, int status)
    {
        using var app = new App();
        foreach (var path in (string[])["/v1/export.zip", "/v1/resolutions/es-10-27/export.zip"])
        {
            using var answer = await app.Viewer.GetAsync($"{path}?{query}");
            await answer.ShouldBeProblem(status);
        }
    }
}
