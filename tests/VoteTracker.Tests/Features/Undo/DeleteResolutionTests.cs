using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>A resolution that has nothing but its creation can be deleted; any other says what it has.</summary>
[EveryEngine]
public sealed class DeleteResolutionTests
{
    private const string Path = "/v1/resolutions/es-10-l-34";

    [TestCase(null)]
    [TestCase("es-10-27")]
    public async Task A_resolution_that_was_just_opened_can_be_deleted(string? baseline)
    {
        using var app = new App();
        await app.OpenDraft(new { baseline, visibility = "positions" });
        (await app.Anonymous.GetJson($"{Path}/tally")).Int("version").ShouldBe(1);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, Path, ifMatch: "\"1\"");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (
            var part in (string[])
                ["", "/tally", "/stances", "/stances/NOR", "/tree", "/tally/timeline", "/diff", "/export.zip"]
        )
        {
            using var gone = await app.Admin.GetAsync(Path + part);
            await gone.ShouldBeProblem(404);
        }
        (await app.Admin.GetItems("/v1/resolutions?session=es-10&kind=draft&status=drafting")).ShouldBeEmpty();
        using var again = await app.Coordinator.Send(HttpMethod.Delete, Path);
        await again.ShouldBeProblem(404);
    }

    [Test]
    public async Task Without_the_current_version_nothing_is_deleted()
    {
        using var app = new App();
        await app.OpenDraft();
        using var none = await app.Coordinator.Send(HttpMethod.Delete, Path, ifMatch: null);
        await none.ShouldBeProblem(428);
        using var old = await app.Coordinator.Send(HttpMethod.Delete, Path, ifMatch: "\"0\"");
        (await old.ShouldBeProblem(412)).Field("current")!.Int("version").ShouldBe(1);
        (await app.Viewer.GetJson(Path)).Int("version").ShouldBe(1);
    }

    [TestCase("PUT", "/stances/ZAF", """{"position":"yes","certainty":"likely","evidence":"call"}""", "1 stance")]
    [TestCase("PATCH", "", """{"title":"Another title"}""", "1 change of its fields")]
    [TestCase("PUT", "/co-sponsors/NOR", """{"status":"wanted","role":"main"}""", "1 co-sponsor")]
    [TestCase("PUT", "/scenarios/plan-b", """{"changes":[{"memberState":"ZAF","position":"yes"}]}""", "1 scenario")]
    [TestCase(
        "PUT",
        "/roll-call",
        """{"recordedOn":"2026-11-20","votes":[{"memberState":"ZAF","vote":"yes"}]}""",
        "1 change of its fields, 1 roll call"
    )]
    public async Task A_resolution_with_a_history_says_what_it_has_also_of_deleted_entries(
        string method,
        string part,
        string body,
        string said
    )
    {
        using var app = new App();
        await app.OpenDraft(new { baseline = "es-10-27" });
        await Write(method, part + (part == "/roll-call" ? "?missing=non-voting" : ""), body);
        await ShouldBeKept(said);
        if (part.Length > 0)
        {
            await Write("DELETE", part, null);
            await ShouldBeKept(part == "/roll-call" ? "2 changes of its fields, 1 roll call" : said);
        }

        async Task Write(string verb, string at, string? json)
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), Path + at);
            request.Content = json is null ? null : new StringContent(json, null, "application/json");
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await app.Coordinator.SendAsync(request);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }

        async Task ShouldBeKept(string history)
        {
            var before = (await app.Viewer.GetJson(Path)).ToJsonString();
            using var refused = await app.Coordinator.Send(HttpMethod.Delete, Path);
            var problem = await refused.ShouldBeProblem(409);
            problem.Text("type").ShouldBe("/problems/has-history");
            problem.Text("detail")!.ShouldContain($"because it has {history}.");
            (await app.Viewer.GetJson(Path)).ToJsonString().ShouldBe(before);
        }
    }

    [Test]
    public async Task A_resolution_with_an_amendment_and_one_of_the_record_are_kept()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.OpenDraft(
            new
            {
                id = "amendment",
                kind = "amendment",
                parent = id,
            },
            "A/ES-10/L.35"
        );
        using var parent = await app.Coordinator.Send(HttpMethod.Delete, Path);
        (await parent.ShouldBeProblem(409)).Text("detail")!.ShouldContain("1 amendment, paragraph or motion");
        using var recorded = await app.Coordinator.Send(HttpMethod.Delete, "/v1/resolutions/es-10-27");
        (await recorded.ShouldBeProblem(409)).Text("detail")!.ShouldContain("1 roll call");
        // From the leaves to the root.
        using var child = await app.Coordinator.Send(HttpMethod.Delete, "/v1/resolutions/amendment");
        child.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var root = await app.Coordinator.Send(HttpMethod.Delete, Path);
        root.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task Every_table_that_belongs_to_a_resolution_is_counted_or_deleted()
    {
        using var app = new App();
        await app.OpenDraft();
        var db = app.Services.GetRequiredService<Db>();
        var tables = await db.Read(connection => Task.FromResult(TableCopy.Tables(db.Engine, connection)));
        var belonging = tables.Where(t => t.References.Contains("resolution")).Select(t => t.Name).ToList();
        belonging.Count.ShouldBeGreaterThan(8);
        belonging
            .Except(ResolutionHistoryCount.CountedTables.Concat(ResolutionHistoryCount.DeletedTables))
            .ShouldBeEmpty("add it to ResolutionHistoryCount");
    }

    [TestCase("tally", true)]
    [TestCase("private", false)]
    public async Task The_feed_has_the_creation_and_the_deletion(string visibility, bool isPublic)
    {
        using var app = new App();
        await app.OpenDraft(new { visibility });
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, Path);
        deleted.EnsureSuccessStatusCode();
        (await Feed(app.Viewer)).ShouldBe(["resolution 1", "resolution 2"]);
        (await Feed(app.Anonymous)).ShouldBe(isPublic ? ["resolution 1", "resolution 2"] : []);
        // With its id, another resolution does not make the private one public, or the other way round.
        await app.OpenDraft(new { visibility = isPublic ? "private" : "tally" });
        (await Feed(app.Viewer)).ShouldBe(["resolution 1", "resolution 2", "resolution 3"]);
        (await Feed(app.Anonymous)).ShouldBe(isPublic ? ["resolution 1", "resolution 2"] : ["resolution 3"]);
    }

    [Test]
    public async Task A_stream_of_a_deleted_resolution_ends()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        using var reader = new StreamReader(await app.Anonymous.GetStreamAsync($"{Path}/tally/stream"));
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (
            await reader.ReadLineAsync(limit.Token) is { } line && !line.StartsWith("data:", StringComparison.Ordinal)
        ) { }
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{id}");
        deleted.EnsureSuccessStatusCode();
        var rest = await reader.ReadToEndAsync(limit.Token);
        rest.ShouldNotContain("event:");
        using var gone = await app.Anonymous.GetAsync($"{Path}/tally/stream");
        await gone.ShouldBeProblem(404);
    }

    private static async Task<IReadOnlyList<string>> Feed(HttpClient client) =>
        [
            .. (await client.GetItems("/v1/changes?limit=1000"))
                .Where(change => change.Text("resolution") == "es-10-l-34")
                .Select(change => $"{change.Text("kind")} {change.Int("version")}"),
        ];
}
