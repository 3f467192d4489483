using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Changes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Comments;

/// <summary>Comments on a stance, through HTTP.</summary>
[EveryEngine]
public sealed class CommentsTests
{
    [Test]
    public async Task A_comment_is_read_by_all_lobbyists_and_by_nobody_else()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft(new { visibility = "positions" });
        var path = PathOf(draft);
        using var added = await zoe.PostAsJsonAsync(path, new { text = "Who calls the capital?" });
        (added.StatusCode, added.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.Created, path));
        (await added.Json())
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value!.ToJsonString()}")
            .ShouldBe([
                "id: 1",
                $"resolution: \"{draft}\"",
                "memberState: \"NOR\"",
                "text: \"Who calls the capital?\"",
                "mentions: []",
                "createdBy: \"Zoe\"",
                "createdAt: \"2026-11-21T15:00:00Z\"",
            ]);
        await app.Lobbyist.Add(path.Replace("NOR", "nor", StringComparison.Ordinal), new { text = "I do." });
        await app.Lobbyist.Add(PathOf(draft, "ZAF"), new { text = "Another state." });
        foreach (var client in (HttpClient[])[zoe, app.Lobbyist, app.Coordinator, app.Admin])
        {
            (await Texts(client, path)).ShouldBe(["I do.", "Who calls the capital?"]);
        }
        foreach (var (client, status) in ((HttpClient, int)[])[(app.Anonymous, 401), (app.Viewer, 403)])
        {
            using var read = await client.GetAsync(path);
            await read.ShouldBeProblem(status);
            using var written = await client.PostAsJsonAsync(path, new { text = "x" });
            await written.ShouldBeProblem(status);
            using var deleted = await client.DeleteAsync($"{path}/1");
            await deleted.ShouldBeProblem(status);
        }
    }

    [Test]
    public async Task Pages_lead_to_the_first_comment_also_while_others_are_written_and_deleted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = PathOf(draft);
        for (var i = 1; i <= 5; i++)
        {
            await app.Lobbyist.Add(path, new { text = $"{i}" });
        }
        using var first = await app.Lobbyist.GetAsync($"{path}?limit=2");
        (await first.Json())["items"]!.AsArray().Select(c => c!.Text("text")).ShouldBe(["5", "4"]);
        await app.Lobbyist.Add(path, new { text = "6" });
        using var deleted = await app.Lobbyist.DeleteAsync($"{path}/4");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Texts(app.Lobbyist, first.NextPage()!)).ShouldBe(["3", "2"]);
        using var foreign = await app.Lobbyist.GetAsync(
            first.NextPage()!.Replace("NOR", "ZAF", StringComparison.Ordinal)
        );
        await foreign.ShouldBeProblem(400, "cursor");
    }

    [Test]
    public async Task Markup_is_text_and_comes_back_as_it_was_written()
    {
        using var app = new App();
        var path = PathOf(await app.OpenDraft());
        const string text =
            "<script>alert(1)</script>\n**bold** [x](javascript:alert(1)) &amp; \u202Eabc {{7*7}} ' -- 🙂";
        var added = await app.Lobbyist.Add(path, new { text });
        added.Text("text").ShouldBe(text);
        (await Texts(app.Lobbyist, path)).ShouldBe([text]);
        using var answer = await app.Lobbyist.GetAsync(path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Test]
    public async Task The_author_and_coordinators_delete_a_comment()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var path = PathOf(await app.OpenDraft());
        await zoe.Add(path, new { text = "@Zoe one" });
        await zoe.Add(path, new { text = "@Zoe two" });
        using var other = await app.Lobbyist.DeleteAsync($"{path}/1");
        (await other.ShouldBeProblem(403)).Text("detail")!.ShouldContain("coordinator");
        using var elsewhere = await zoe.DeleteAsync($"{path.Replace("NOR", "ZAF", StringComparison.Ordinal)}/1");
        await elsewhere.ShouldBeProblem(404);
        using var unknown = await zoe.DeleteAsync($"{path}/x");
        await unknown.ShouldBeProblem(404);
        using var own = await zoe.DeleteAsync($"{path}/1");
        own.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var again = await zoe.DeleteAsync($"{path}/1");
        await again.ShouldBeProblem(404);
        using var moderated = await app.Coordinator.DeleteAsync($"{path}/2");
        moderated.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Texts(zoe, path)).ShouldBeEmpty();
        (await Texts(zoe, "/v1/mentions")).ShouldBeEmpty();
        (await zoe.Add(path, new { text = "three" })).Int("id").ShouldBe(3, "a number is not used again");
    }

    [Test]
    public async Task A_repeated_request_adds_one_comment()
    {
        using var app = new App();
        var path = PathOf(await app.OpenDraft());
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Content = JsonContent.Create(new { text = "Once" });
            request.Headers.Add("Idempotency-Key", "a");
            using var answer = await app.Lobbyist.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            (await answer.Json()).Int("id").ShouldBe(1);
        }
        (await Texts(app.Lobbyist, path)).ShouldBe(["Once"]);
    }

    [Test]
    public async Task The_feed_names_the_stance_and_the_tally_is_not_counted_again()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        var path = PathOf(draft);
        var tally = await app.Anonymous.GetStringAsync($"/v1/resolutions/{draft}/tally");
        var changed = new List<string>();
        var commits = 0;
        app.Services.GetRequiredService<CommitFeed>().Committed += resolutions =>
        {
            commits++;
            changed.AddRange(resolutions);
        };
        using var lobbyist = app.Lobbyist;
        // The first comment creates the key that encrypts it, with a commit of its own.
        await lobbyist.Add(path, new { text = "x" });
        var after = await ChangePages.End(lobbyist);
        commits = 0;
        await lobbyist.Add(path, new { text = "x" });
        using var deleted = await lobbyist.DeleteAsync($"{path}/2");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        commits.ShouldBe(2);
        changed.ShouldBeEmpty("no tally is marked as changed");
        (await app.Anonymous.GetStringAsync($"/v1/resolutions/{draft}/tally")).ShouldBe(tally);
        (await lobbyist.GetItems($"/v1/changes?after={after}"))
            .Select(c =>
                $"{c.Text("kind")} {c.Text("resolution")} {c.Text("memberState")} {c["version"]} {c.Text("changedBy")}"
            )
            .ShouldBe([$"comment {draft} NOR  lobbyist", $"comment {draft} NOR  lobbyist"]);
        foreach (var client in (HttpClient[])[app.Viewer, app.Anonymous])
        {
            (await client.GetItems("/v1/changes?limit=1000")).ShouldNotContain(c => c.Text("kind") == "comment");
        }
    }

    [Test]
    public async Task A_resolution_with_a_comment_is_deleted_after_its_comments()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Add(PathOf(draft), new { text = "@lobbyist A duplicate." });
        using var refused = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        (await refused.ShouldBeProblem(409)).Text("detail")!.ShouldContain("because it has 1 comment.");
        using var deleted = await app.Coordinator.DeleteAsync($"{PathOf(draft)}/1");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var done = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        done.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task Comments_are_written_after_the_vote_too()
    {
        using var app = new App();
        await app.Lobbyist.Add(PathOf("es-10-27"), new { text = "Why did they abstain?" });
        (await Texts(app.Lobbyist, PathOf("es-10-27"))).ShouldBe(["Why did they abstain?"]);
    }

    private static string PathOf(string draft, string iso3 = "NOR") =>
        $"/v1/resolutions/{draft}/stances/{iso3}/comments";

    private static async Task<string?[]> Texts(HttpClient client, string path) =>
        [.. (await client.GetJson(path))["items"]!.AsArray().Select(comment => comment!.Text("text"))];
}
