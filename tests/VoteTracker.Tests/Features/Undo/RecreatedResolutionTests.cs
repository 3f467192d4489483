using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>A resolution that gets the id of a deleted one is never taken for it.</summary>
[EveryEngine]
public sealed class RecreatedResolutionTests
{
    private const string Path = "/v1/resolutions/es-10-l-34";

    // Everything under a resolution that has a tag before its first stance.
    private static readonly string[] Tagged =
    [
        "",
        "/tally",
        "/tally?counting=confirmed",
        "/breakdown",
        "/breakdown.csv",
        "/positions",
        "/forecast",
        "/path",
        "/hemicycle.svg",
        "/hemicycle.png",
        "/tiles.svg",
        "/badge.svg",
        "/stances/NOR",
        "/export/stances.csv",
        "/export/breakdown.csv",
    ];

    [Test]
    public async Task A_client_that_knows_the_old_one_never_gets_a_304()
    {
        using var app = new App();
        await app.OpenDraft(new { baseline = "es-10-27", title = "The first" });
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Tagged)
        {
            using var first = await app.Viewer.GetAsync(Path + part);
            if (first.ETag() is { } tag)
            {
                tags[part] = tag;
            }
        }
        tags.Count.ShouldBeGreaterThan(10);
        foreach (var again in (int[])[1, 2])
        {
            using var deleted = await app.Coordinator.Send(HttpMethod.Delete, Path);
            deleted.EnsureSuccessStatusCode();
            await app.OpenDraft(new { baseline = "es-10-27", title = "Another" });
            (await app.Viewer.GetJson(Path)).Int("version").ShouldBe(1 + 2 * again);
            foreach (var (part, tag) in tags)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Path + part);
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                using var answer = await app.Viewer.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{part} {tag}");
            }
            using var old = await app.Coordinator.Patch(Path, """{"title":"Mine"}""", tags[""]);
            await old.ShouldBeProblem(412);
            using var stance = await app.Lobbyist.RevertStance("es-10-l-34", "NOR", new { version = 1 });
            await stance.ShouldBeProblem(400, "version");
        }
    }

    [Test]
    public async Task Its_past_begins_with_its_own_creation()
    {
        using var app = new App();
        await app.OpenDraft(new { baseline = "es-10-27" });
        var old = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, Path);
        deleted.EnsureSuccessStatusCode();
        var between = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.OpenDraft();
        var created = app.Clock.GetUtcNow();
        await app.Lobbyist.RecordStance("es-10-l-34", "NOR", "yes");
        app.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var moment in (DateTimeOffset[])[old, between])
        {
            foreach (var part in (string[])["/tally", "/stances", "/breakdown", "/export/stances.csv"])
            {
                using var past = await app.Viewer.GetAsync($"{Path}{part}?asOf={moment.Iso()}");
                await past.ShouldBeProblem(404);
            }
        }
        var timeline = await app.Viewer.GetItems($"{Path}/tally/timeline");
        timeline[0].Moment("asOf").ShouldBe(created);
        timeline.Select(p => p.Int("yes")).Max().ShouldBe(1);
        var diff = await app.Viewer.GetJson($"{Path}/diff?from={created.Iso()}");
        diff.Field("moves")!.AsArray().ShouldBeEmpty();
        (await app.Viewer.GetItems($"{Path}/stances/NOR/history")).Count.ShouldBe(1);
        (await app.Viewer.GetJson($"{Path}/stances/ZAF")).Text("position").ShouldBe("unknown");
    }

    [Test]
    public async Task A_resolution_of_the_Library_with_a_deleted_id_continues_its_version()
    {
        using var app = new App();
        await app.Coordinator.Import(new VotingFile().Only("A/RES/78/7").Bytes);
        var imported = (await app.Viewer.GetItems("/v1/resolutions?session=78")).ShouldHaveSingleItem().Text("id")!;
        imported.ShouldBe("78-7");
        using var other = new App();
        await other.OpenDraft(new { id = imported });
        using var deleted = await other.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{imported}");
        deleted.EnsureSuccessStatusCode();
        await other.Coordinator.Import(new VotingFile().Only("A/RES/78/7").Bytes);
        var resolution = await other.Viewer.GetJson($"/v1/resolutions/{imported}");
        (resolution.Int("version"), resolution.Text("basis")).ShouldBe((3, "recorded-votes"));
        (await other.Viewer.GetItems($"/v1/resolutions/{imported}/tally/timeline")).ShouldNotBeEmpty();
    }

    [Test]
    public async Task A_new_incarnation_begins_above_the_versions_of_deleted_resolutions()
    {
        using var app = new App();
        await app.OpenDraft();
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, Path);
        deleted.EnsureSuccessStatusCode();
        const long last = 5_000_000_000_000_000;
        var first = await app
            .Services.GetRequiredService<Db>()
            .Write(async write =>
            {
                await write.Connection.ExecuteAsync("UPDATE deleted_resolution SET last_version = @last", new { last });
                return await Incarnation.Begin(write.Connection, "elsewhere", write.Now);
            });
        first.ShouldBeGreaterThan(last);
        await app.OpenDraft();
        (await app.Viewer.GetJson(Path)).Version().ShouldBe(first);
    }
}
