using System.Net;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Sharing;

/// <summary>What a link shows of a private draft, and what it never shows.</summary>
[EveryEngine]
public sealed class SharedDataTests
{
    [Test]
    public async Task The_data_are_those_of_a_key_and_are_revalidated()
    {
        using var app = new App();
        var id = await Draft(app);
        var link = await app.Share(id, "positions");
        using var anonymous = app.Anonymous;
        using var viewer = app.Viewer;
        foreach (var data in (string[])["/tally", "/tally?lang=fr", "/breakdown", "/breakdown?by=bloc&lang=ar"])
        {
            var path = link.Path + data;
            using var answer = await anonymous.GetAsync(path);
            var body = await answer.Content.ReadAsStringAsync();
            body.ShouldBe(await viewer.GetStringAsync($"/v1/resolutions/{id}{data}"), path);
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers.ETag!.ToString()).ShouldBeTrue();
            using var known = await anonymous.SendAsync(again);
            known.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
        }
        var csv = await anonymous.GetStringAsync(link.Path + "/tally.csv");
        csv.Split("\r\n")[0].ShouldStartWith("resolution,");
        csv.ShouldContain(id);
        using var negotiated = new HttpRequestMessage(HttpMethod.Get, link.Path + "/breakdown");
        negotiated.Headers.Add("Accept", "text/csv");
        using var table = await anonymous.SendAsync(negotiated);
        table.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        // After a change, the old tag is not known any more.
        using var before = await anonymous.GetAsync(link.Path + "/tally");
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        using var request = new HttpRequestMessage(HttpMethod.Get, link.Path + "/tally");
        request.Headers.TryAddWithoutValidation("If-None-Match", before.Headers.ETag!.ToString()).ShouldBeTrue();
        using var after = await anonymous.SendAsync(request);
        (await after.Json()).Int("yes").ShouldBe(2);
    }

    [Test]
    public async Task The_scope_decides_about_the_names_of_states()
    {
        using var app = new App();
        var id = await Draft(app);
        using var anonymous = app.Anonymous;
        var (counts, names) = (await app.Share(id), await app.Share(id, "positions"));
        foreach (var data in SharedLinks.Data.Except(["/stream"]))
        {
            var namesStates = data is "/positions" or "/board.svg" or "/tiles.svg" or "/timeline.svg";
            using var narrow = await anonymous.GetAsync(counts.Path + data);
            if (namesStates)
            {
                (await narrow.ShouldBeProblem(403)).Text("type").ShouldBe("/problems/scope-too-narrow");
            }
            else
            {
                ((int)narrow.StatusCode).ShouldBe(200, data);
                var text = await narrow.Content.ReadAsStringAsync();
                text.ShouldNotContain("NOR", Case.Sensitive, data);
                text.ShouldNotContain("Norway", Case.Sensitive, data);
            }
            using var wide = await anonymous.GetAsync(names.Path + data);
            ((int)wide.StatusCode).ShouldBe(200, data);
        }
        var positions = await anonymous.GetJson(names.Path + "/positions");
        var norway = positions["items"]!.AsArray().Single(p => p!.Text("memberState") == "NOR")!;
        norway.Text("position").ShouldBe("yes");
        norway.AsObject().ContainsKey("certainty").ShouldBeFalse();
        (await anonymous.GetStringAsync(names.Path + "/hemicycle.svg")).ShouldContain("Norway");
    }

    [TestCase("/path.svg", 404)]
    [TestCase("/outlook.svg", 404)]
    [TestCase("/path", 404)]
    [TestCase("/forecast", 404)]
    [TestCase("/diff", 404)]
    [TestCase("/stances", 404)]
    [TestCase("/contacts", 404)]
    [TestCase("/share-links", 404)]
    [TestCase("/export.zip", 404)]
    [TestCase("/badge.png", 404)]
    [TestCase("/nothing.svg", 404)]
    [TestCase("/tally?asOf=2026-11-21T15:00:00Z", 400)]
    [TestCase("/tally?counting=confirmed", 400)]
    [TestCase("/positions?asOf=2026-11-21T15:00:00Z", 400)]
    [TestCase("/tally?lang=xx", 400)]
    [TestCase("/breakdown?by=nothing", 400)]
    [TestCase("/board.svg?width=1", 400)]
    [AnyEngine]
    public async Task Nothing_else_is_shared(string data, int status)
    {
        using var app = new App();
        var link = await app.Share(await Draft(app), "positions");
        foreach (var client in (HttpClient[])[app.Anonymous, app.Admin])
        {
            using var answer = await client.GetAsync(link.Path + data);
            await answer.ShouldBeProblem(status);
        }
        using var written = await app.Anonymous.PostAsync(link.Path + "/tally", null);
        await written.ShouldBeProblem(405);
    }

    [Test]
    public async Task No_cache_keeps_a_response_no_engine_lists_it_and_other_origins_read_its_data()
    {
        using var app = new App();
        var link = await app.Share(await Draft(app), "positions");
        using var client = app.Anonymous;
        string[] paths = ["", .. SharedLinks.Data, "/nothing", "/tally?x=1", "/path.svg"];
        foreach (
            var path in paths.Select(data => link.Path + data).Append("/shared/wrong/tally").Append("/shared/wrong")
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", "https://newsroom.example");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.Headers.GetValues("X-Robots-Tag").ShouldHaveSingleItem().ShouldBe("noindex, nofollow", path);
            answer.Headers.GetValues("Referrer-Policy").ShouldHaveSingleItem().ShouldBe("no-referrer", path);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
            answer.Headers.CacheControl.Private.ShouldBeTrue(path);
            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
            answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(!isPage, path);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse(path);
        }
    }

    [TestCase("en")]
    [TestCase("ar")]
    public async Task The_page_shows_what_the_scope_allows(string language)
    {
        using var app = new App();
        var id = await Draft(app);
        using var signed = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/co-sponsors/CHL",
            new { status = "signed", role = "main" }
        );
        signed.EnsureSuccessStatusCode();
        var (counts, names) = (await app.Share(id), await app.Share(id, "positions"));
        var narrow = await Page(app, $"{counts.Path}?lang={language}");
        var wide = await Page(app, $"{names.Path}?lang={language}");
        foreach (var (html, link) in new[] { (narrow, counts), (wide, names) })
        {
            html.ShouldContain($"lang=\"{language}\"");
            html.ShouldContain("A draft");
            html.ShouldContain($"data-stream=\"{link.Path}/stream\"");
            html.ShouldContain("<meta name=\"robots\" content=\"noindex, nofollow\"");
            html.ShouldContain($"{link.Path}/tally.csv");
            html.ShouldNotContain("/sign-in");
            html.ShouldNotContain($"/v1/resolutions/{id}");
            html.ShouldNotContain($"/desk/{id}");
            html.ShouldNotContain("data-live=\"path\"");
            html.ShouldNotContain("id=\"outlook\"");
        }
        narrow.ShouldNotContain("state-NOR");
        narrow.ShouldNotContain("/states/NOR");
        narrow.ShouldNotContain("/states/CHL");
        narrow.ShouldNotContain("data-live=\"moves\"");
        narrow.ShouldNotContain($"{counts.Path}/positions");
        wide.ShouldContain("state-NOR");
        wide.ShouldContain("/states/CHL");
        wide.ShouldContain("data-live=\"moves\"");
        wide.ShouldContain($"{names.Path}/positions");
        wide.ShouldContain($"{names.Path}/timeline.svg");
    }

    [Test]
    public async Task A_link_shows_its_scope_whatever_the_visibility_is_and_the_recorded_vote_after_it()
    {
        using var app = new App();
        var id = await Draft(app);
        var link = await app.Share(id);
        foreach (var visibility in (string[])["tally", "positions", "private"])
        {
            using var changed = await app.Coordinator.Patch(
                $"/v1/resolutions/{id}",
                new JsonObject { ["visibility"] = visibility }.ToJsonString()
            );
            changed.EnsureSuccessStatusCode();
            (await app.Anonymous.GetJson(link.Path + "/tally")).Int("yes").ShouldBe(1);
            using var hidden = await app.Anonymous.GetAsync(link.Path + "/positions");
            await hidden.ShouldBeProblem(403);
        }
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
        var positions = await app.Anonymous.GetJson(link.Path + "/positions");
        positions.Text("basis").ShouldBe("recorded-votes");
        positions["items"]!.AsArray().Single(p => p!.Text("memberState") == "NOR")!.Text("position").ShouldBe("no");
    }

    [Test]
    public async Task A_key_or_a_session_of_the_reader_changes_nothing()
    {
        using var app = new App();
        var link = await app.Share(await Draft(app));
        using var hidden = await app.Admin.GetAsync(link.Path + "/positions");
        await hidden.ShouldBeProblem(403);
        (await Page(app, link.Path, app.Admin)).ShouldBe(await Page(app, link.Path));
        using var wrong = await app.WithKey("vt_a-key-that-no-service-has-made-0123456789")
            .GetAsync(link.Path + "/tally");
        await wrong.ShouldBeProblem(401);
    }

    [Test]
    public async Task The_parts_of_a_resolution_are_not_shared_with_it()
    {
        using var app = new App();
        var id = await Draft(app);
        var part = await app.OpenDraft(
            new
            {
                id = "secret-amendment",
                title = "Secret amendment",
                kind = "amendment",
                parent = id,
            }
        );
        var ofParent = await app.Share(id, "positions");
        var ofPart = await app.Share(part, "positions");
        (await Page(app, ofParent.Path)).ShouldNotContain("ecret amendment");
        (await Page(app, ofPart.Path)).ShouldNotContain($"/resolutions/{id}");
    }

    private static async Task<string> Page(App app, string path, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        using var answer = await (client ?? app.Anonymous).SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200, path);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> Draft(App app)
    {
        var id = await app.OpenDraft();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        return id;
    }
}
