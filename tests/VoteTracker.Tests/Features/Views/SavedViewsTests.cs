using System.Net;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Views;

/// <summary>Saved views: a filter with a name and a link, of one label.</summary>
[EveryEngine]
public sealed class SavedViewsTests
{
    private const string Filter = "position=undecided&group=african-states";

    [Test]
    public async Task A_view_is_saved_changed_and_deleted_with_its_own_version()
    {
        using var app = new App(settings: new(StringComparer.Ordinal) { ["PublicUrl"] = "https://votes.example" });
        var draft = await app.OpenDraft();
        const string path = "/v1/views/Undecided%20in%20Africa";
        using var none = await app.Lobbyist.GetAsync(path);
        (await none.ShouldBeProblem(404)).Text("detail")!.ShouldContain("'Undecided in Africa'");
        using var blind = await app.Lobbyist.Put(path, new { }, ifMatch: null);
        await blind.ShouldBeProblem(428);
        using var first = await Create(app.Lobbyist, path, new { filter = "?" + Filter, resolution = draft });
        (first.StatusCode, first.ETag()).ShouldBe((HttpStatusCode.Created, "\"1\""));
        var link = $"https://votes.example/desk/{draft}?{Filter}";
        (await first.Json())
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                "name: Undecided in Africa",
                "createdBy: lobbyist",
                $"filter: {Filter}",
                $"resolution: {draft}",
                "shared: false",
                $"link: {link}",
                "version: 1",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
        using var again = await Create(app.Lobbyist, path, new { });
        (await again.ShouldBeProblem(412))["current"]!.Text("link").ShouldBe(link);
        using var second = await app.Lobbyist.Put(path, new { shared = true }, "\"1\"");
        (second.StatusCode, second.ETag()).ShouldBe((HttpStatusCode.OK, "\"2\""));
        var changed = await second.Json();
        (changed.Text("filter"), changed["resolution"], changed["link"]).ShouldBe(("", null, null));
        using var late = await app.Lobbyist.Put(path, new { }, "\"1\"");
        await late.ShouldBeProblem(412);
        (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldBe(changed.ToJsonString());
        using var old = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"1\"");
        await old.ShouldBeProblem(412);
        using var unseen = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: null);
        await unseen.ShouldBeProblem(428);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Lobbyist.GetItems("/v1/views")).ShouldBeEmpty();
        using var gone = await app.Lobbyist.Send(HttpMethod.Delete, path);
        await gone.ShouldBeProblem(404);
        using var third = await Create(app.Lobbyist, path, new { });
        (third.StatusCode, third.ETag()).ShouldBe((HttpStatusCode.Created, "\"4\""), "the version continues");
    }

    [Test]
    public async Task A_view_of_another_label_is_read_if_it_is_shared_and_never_written()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        await Saved(zoe, "own", new { filter = "show=mine" });
        await Saved(zoe, "ours", new { filter = "sort=age", shared = true });
        await Saved(app.Lobbyist, "ours", new { filter = "sort=pivotal" });
        (await Listed(zoe)).ShouldBe(["Zoe ours sort=age", "Zoe own show=mine"]);
        (await Listed(app.Lobbyist)).ShouldBe(["lobbyist ours sort=pivotal", "Zoe ours sort=age"]);
        (await Listed(app.Admin)).ShouldBe(["Zoe ours sort=age"]);
        (await app.Lobbyist.GetJson("/v1/views/ours")).Text("filter").ShouldBe("sort=pivotal");
        (await app.Lobbyist.GetJson("/v1/views/ours?by=zoe")).Text("filter").ShouldBe("sort=age");
        (await zoe.GetJson("/v1/views/own?by=me")).Text("filter").ShouldBe("show=mine");
        // A private view and a missing one look the same, for coordinators and admins too.
        foreach (var client in (HttpClient[])[app.Lobbyist, app.Coordinator, app.Admin])
        {
            using var hidden = await client.GetAsync("/v1/views/own?by=Zoe");
            var detail = (await hidden.ShouldBeProblem(404)).Text("detail")!;
            using var absent = await client.GetAsync("/v1/views/none?by=Zoe");
            (await absent.ShouldBeProblem(404))
                .Text("detail")
                .ShouldBe(detail.Replace("'own'", "'none'", StringComparison.Ordinal));
        }
        using var foreign = await app.Admin.Put("/v1/views/ours?by=Zoe", new { });
        await foreign.ShouldBeProblem(400, "by");
        using var mine = await app.Admin.Send(HttpMethod.Delete, "/v1/views/ours");
        await mine.ShouldBeProblem(404);
        using var unknown = await app.Lobbyist.GetAsync("/v1/views/ours?by=Zo");
        await unknown.ShouldBeProblem(400, "by");
        // It is no longer shared.
        using var hide = await zoe.Put("/v1/views/ours", new { filter = "sort=age" });
        hide.EnsureSuccessStatusCode();
        (await Listed(app.Admin)).ShouldBeEmpty();
        using var viewer = await app.Viewer.GetAsync("/v1/views");
        await viewer.ShouldBeProblem(403);
        using var nobody = await app.Anonymous.GetAsync("/v1/views/ours?by=Zoe");
        await nobody.ShouldBeProblem(401);
    }

    [Test]
    public async Task Pages_have_every_view_once_the_own_ones_first()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var ann = await app.Member("Ann");
        foreach (var name in (string[])["b", "a", "c"])
        {
            await Saved(zoe, name, new { });
            await Saved(ann, name, new { shared = true });
            await Saved(app.Lobbyist, name, new { shared = name != "b" });
        }
        var found = new List<string>();
        for (var next = "/v1/views?limit=2"; next is not null; )
        {
            using var page = await zoe.GetAsync(next);
            found.AddRange(
                (await page.Json())["items"]!.AsArray().Select(v => $"{v!.Text("createdBy")} {v!.Text("name")}")
            );
            next = page.NextPage();
        }
        found.ShouldBe(["Zoe a", "Zoe b", "Zoe c", "Ann a", "Ann b", "Ann c", "lobbyist a", "lobbyist c"]);
    }

    [Test]
    public async Task A_name_has_64_characters_of_any_script()
    {
        using var app = new App();
        foreach (var name in (string[])["Африка 1", "非洲", "أفريقيا", "d'Ivoire_a.b-c", "7", new string('x', 64)])
        {
            await Saved(app.Lobbyist, Uri.EscapeDataString(name), new { });
            (await app.Lobbyist.GetJson($"/v1/views/{Uri.EscapeDataString(name)}")).Text("name").ShouldBe(name);
        }
        using var tooLong = await app.Lobbyist.Put($"/v1/views/{new string('x', 65)}", new { });
        await tooLong.ShouldBeProblem(400, "name");
    }

    [TestCase("", "")]
    [TestCase("?", "")]
    [TestCase("q=&show=", "")]
    [TestCase(
        "assignee=lobbyist&show=open&q=c%C3%B4te%20d'ivoire",
        "q=c%C3%B4te%20d%27ivoire&show=open&assignee=lobbyist"
    )]
    [TestCase("q=a+b", "q=a%20b")]
    [TestCase("assignee=LOBBYIST", "assignee=lobbyist")]
    [TestCase("gap=overdue-task&show=mine", "show=mine&gap=overdue-task")]
    [TestCase("assignee=me&sort=pivotal", "sort=pivotal&assignee=me")]
    public async Task A_filter_is_stored_in_one_form(string sent, string stored)
    {
        using var app = new App();
        await Saved(app.Lobbyist, "a", new { filter = sent });
        (await app.Lobbyist.GetJson("/v1/views/a")).Text("filter").ShouldBe(stored);
    }

    [Test]
    public async Task A_replaced_key_keeps_its_views_and_the_feed_of_changes_has_none()
    {
        using var app = new App();
        var made = await app.Admin.Add("/v1/api-keys", new { label = "Zoe", role = "lobbyist" });
        using var old = app.WithKey(made.Text("key")!);
        var before = (await app.Admin.GetItems("/v1/changes?limit=1000")).Count;
        await Saved(old, "mine", new { filter = "show=mine" });
        (await app.Admin.GetItems("/v1/changes?limit=1000")).Count.ShouldBe(before);
        var newer = await app.Admin.Add($"/v1/api-keys/{made.Text("id")}/rotate", new { graceMinutes = 0 });
        using var zoe = app.WithKey(newer.Text("key")!);
        (await Listed(zoe)).ShouldBe(["Zoe mine show=mine"]);
    }

    [Test]
    public async Task A_view_does_not_keep_a_resolution_from_being_deleted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Saved(app.Lobbyist, "a", new { resolution = draft });
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Lobbyist.GetJson("/v1/views/a")).Text("resolution").ShouldBe(draft);
        using var changed = await app.Lobbyist.Put("/v1/views/a", new { resolution = draft });
        await changed.ShouldBeProblem(400, "resolution");
    }

    private static Task<HttpResponseMessage> Create(HttpClient client, string path, object body) =>
        client.Send(HttpMethod.Put, path, body, ifMatch: null, ifNoneMatch: "*");

    private static async Task Saved(HttpClient client, string name, object body)
    {
        using var answer = await Create(client, $"/v1/views/{name}", body);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string[]> Listed(HttpClient client) =>
        [
            .. (await client.GetItems("/v1/views")).Select(view =>
                $"{view.Text("createdBy")} {view.Text("name")} {view.Text("filter")}"
            ),
        ];
}
