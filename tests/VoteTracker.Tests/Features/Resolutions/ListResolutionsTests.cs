namespace VoteTracker.Tests.Features.Resolutions;

[EveryEngine]
public sealed class ListResolutionsTests
{
    [Test]
    public async Task Session_kind_status_and_parent_filter_the_list()
    {
        using var app = new App();
        async Task<List<string?>> List(string query) =>
            [.. (await app.Anonymous.GetItems($"/v1/resolutions?{query}")).Select(r => r.Text("id"))];
        (await List("session=es-10")).Count.ShouldBe(32);
        (await List("session=es-11")).Count.ShouldBe(11);
        (await List("kind=motion")).ShouldBeInAnyOrder(["es-10-appeal-2018-06-13", "es-11-motion-2022-10-10"]);
        (await List("status=not-adopted")).Count.ShouldBe(6);
        (await List("status=not-adopted&kind=motion")).ShouldBe(["es-10-appeal-2018-06-13"]);
        (await List("parent=es-10-22")).ShouldBeInAnyOrder([
            "es-10-amendment-at-2023-12-12",
            "es-10-amendment-us-2023-12-12",
        ]);
        foreach (var (query, field) in ((string, string)[])[("session=es-99", "session"), ("parent=nothing", "parent")])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/resolutions?{query}");
            await answer.ShouldBeProblem(400, field);
        }
    }

    [Test]
    public async Task The_last_one_opened_comes_first()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "first" });
        await app.OpenDraft(new { id = "second" });
        (await app.Viewer.GetItems("/v1/resolutions?limit=2")).Select(r => r.Text("id")).ShouldBe(["second", "first"]);
    }

    [Test]
    public async Task Each_has_its_tally_only_if_the_request_includes_it()
    {
        using var app = new App();
        var with = await app.Anonymous.GetItems("/v1/resolutions?include=tally");
        with.Count.ShouldBe(43);
        foreach (var resolution in with)
        {
            var tally = await app.Anonymous.GetJson($"/v1/resolutions/{resolution.Text("id")}/tally");
            resolution["tally"]!.ToJsonString().ShouldBe(tally.ToJsonString());
        }
        (await app.Anonymous.GetItems("/v1/resolutions")).ShouldAllBe(r => !r.AsObject().ContainsKey("tally"));
    }

    [Test]
    public async Task Five_at_a_time_every_one_is_seen_once()
    {
        using var app = new App();
        var whole = (await app.Anonymous.GetItems("/v1/resolutions")).Select(r => r.Text("id")).ToList();
        var pages = (await app.Anonymous.GetPages("/v1/resolutions?limit=5", 5)).Select(r => r.Text("id"));
        pages.ShouldBe(whole);
        var motions = await app.Anonymous.GetPages("/v1/resolutions?kind=amendment&limit=2&include=tally", 2);
        motions.Count.ShouldBe(5, "filters go on from page to page");
        motions.ShouldAllBe(r => r["tally"] != null);
    }

    [Test]
    public async Task A_resolution_opened_between_two_pages_moves_no_other()
    {
        using var app = new App();
        var whole = (await app.Anonymous.GetItems("/v1/resolutions")).Select(r => r.Text("id")).ToList();
        using var first = await app.Viewer.GetAsync("/v1/resolutions?limit=40");
        await app.OpenDraft();
        var rest = await app.Viewer.GetItems(first.NextPage()!);
        rest.Select(r => r.Text("id")).ShouldBe(whole.Skip(40));
    }

    [Test]
    public async Task A_page_that_is_exactly_the_rest_has_no_next()
    {
        using var app = new App();
        using var all = await app.Anonymous.GetAsync("/v1/resolutions?limit=43");
        all.NextPage().ShouldBeNull();
        using var fewer = await app.Anonymous.GetAsync("/v1/resolutions?limit=42");
        fewer.NextPage().ShouldNotBeNull();
    }

    [Test]
    public async Task An_invalid_limit_is_a_400_on_every_list()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        string[] lists =
        [
            "/v1/resolutions",
            "/v1/member-states",
            "/v1/sessions",
            "/v1/changes",
            $"/v1/resolutions/{id}/stances",
            $"/v1/resolutions/{id}/stances/ZAF/history",
            $"/v1/resolutions/{id}/co-sponsors",
            "/v1/contacts",
            "/v1/api-keys",
        ];
        foreach (var list in lists)
        {
            foreach (var limit in (string[])["0", "-1", "1001", "x", "", "1.5", "99999999999"])
            {
                using var answer = await app.Admin.GetAsync($"{list}?limit={limit}");
                ((int)answer.StatusCode).ShouldBe(400, $"{list} {limit}");
                await answer.ShouldBeProblem(400, "limit");
            }
            foreach (var limit in (string[])["1", "1000"])
            {
                using var answer = await app.Admin.GetAsync($"{list}?limit={limit}");
                ((int)answer.StatusCode).ShouldBe(200, $"{list} {limit}");
            }
        }
    }

    [Test]
    public async Task A_cursor_that_was_altered_or_belongs_to_another_list_is_a_400()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var page = await app.Admin.GetAsync("/v1/resolutions?limit=5");
        var cursor = page.NextPage()!.Split("cursor=")[1];
        var middle = cursor.Length / 2;
        var changed = cursor[..middle] + (cursor[middle] == 'A' ? 'B' : 'A') + cursor[(middle + 1)..];
        foreach (
            var tampered in (string[])
                [changed, cursor[..^2], cursor + "AA", "", "x", "MTA", "%2B%2F%3D", "'%20OR%201=1", new('A', 5_000)]
        )
        {
            using var answer = await app.Admin.GetAsync($"/v1/resolutions?cursor={tampered}");
            ((int)answer.StatusCode).ShouldBe(400, tampered);
            await answer.ShouldBeProblem(400, "cursor");
        }
        string[] others =
        [
            "/v1/member-states?cursor=",
            "/v1/sessions?cursor=",
            "/v1/changes?after=",
            $"/v1/resolutions/{id}/stances?cursor=",
            $"/v1/resolutions/{id}/stances/ZAF/history?cursor=",
            "/v1/contacts?cursor=",
        ];
        foreach (var other in others)
        {
            using var answer = await app.Admin.GetAsync(other + cursor);
            ((int)answer.StatusCode).ShouldBe(400, other);
            await answer.ShouldBeProblem(400);
        }
        using var right = await app.Admin.GetAsync($"/v1/resolutions?cursor={cursor}");
        ((int)right.StatusCode).ShouldBe(200);
    }

    [Test]
    public async Task A_cursor_for_the_stances_of_one_resolution_is_invalid_for_another()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "a" });
        await app.OpenDraft(new { id = "b" });
        using var page = await app.Viewer.GetAsync("/v1/resolutions/a/stances?limit=5");
        using var other = await app.Viewer.GetAsync(
            page.NextPage()!.Replace("/resolutions/a/", "/resolutions/b/", StringComparison.Ordinal)
        );
        await other.ShouldBeProblem(400, "cursor");
    }

    [Test]
    public async Task Unknown_words_are_a_400_that_names_each()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync("/v1/resolutions?kind=law&status=done&include=votes");
        (await answer.ShouldBeProblem(400))["errors"]!
            .AsObject()
            .Select(e => e.Key)
            .ShouldBeInAnyOrder(["kind", "status", "include"]);
    }
}
