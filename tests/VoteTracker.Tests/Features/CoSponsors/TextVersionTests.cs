using static VoteTracker.Tests.Features.CoSponsors.CoSponsorRequests;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>A state signs a text, or is asked for one. A new revision needs a new request.</summary>
[EveryEngine]
public sealed class TextVersionTests
{
    [Test]
    public async Task A_draft_has_a_text_that_a_coordinator_changes()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        (await Text(app, draft)).ShouldBeNull();
        foreach (var text in (string?[])["Rev.1", "Rev.2", "Rev.99", null, "Rev.10"])
        {
            await Revise(app, draft, text);
            (await Text(app, draft)).ShouldBe(text);
        }
        using var title = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"title": "Another"}""");
        (await title.Json()).Text("textVersion").ShouldBe("Rev.10");
        using var lobbyist = await app.Lobbyist.Patch($"/v1/resolutions/{draft}", """{"textVersion": "Rev.11"}""");
        await lobbyist.ShouldBeProblem(403);
        var opened = await app.OpenDraft(new { textVersion = "Rev.3" }, symbol: "A/ES-10/L.35");
        (await Text(app, opened)).ShouldBe("Rev.3");
    }

    [TestCase("Rev.0")]
    [TestCase("Rev.100")]
    [TestCase("Rev.01")]
    [TestCase("rev.1")]
    [TestCase("Rev 1")]
    [TestCase("Rev.1/Corr.1")]
    [TestCase("Rev.１")]
    [TestCase("1")]
    public async Task A_draft_has_no_text_of_another_form(string text)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{draft}",
            new { textVersion = text, title = "" }
        );
        var problem = await answer.ShouldBeProblem(400, "textVersion", "title");
        problem["errors"]!["textVersion"]![0]!
            .GetValue<string>()
            .ShouldBe($"must be Rev.1 to Rev.99, or null for the original text; found '{text}'");
    }

    [Test]
    public async Task A_status_is_recorded_with_the_current_text_and_keeps_it_until_the_next_request()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = Path(draft, "NOR");
        (await Put(new { status = "approached", role = "main" })).ShouldBeNull();
        await Revise(app, draft, "Rev.1");
        // A corrected note and the same status again are no new request.
        (await Patch("""{"note": "x"}""")).ShouldBeNull();
        (await Put(new { status = "approached", role = "main" })).ShouldBeNull();
        (await Patch("""{"textVersion": null}""")).ShouldBeNull();
        // Another status is recorded for the current text.
        (await Put(new { status = "signed", role = "main" })).ShouldBe("Rev.1");
        await Revise(app, draft, "Rev.2");
        (await Patch("""{"role": "additional"}""")).ShouldBe("Rev.1");
        (await Patch("""{"textVersion": "Rev.2"}""")).ShouldBe("Rev.2");
        (await Patch("""{"textVersion": "original"}""")).ShouldBeNull();
        (await Patch("""{"status": "withdrawn"}""")).ShouldBeNull("it withdraws from the text that it had signed");
        (await Patch("""{"status": "signed", "textVersion": "Rev.1"}""")).ShouldBe("Rev.1");
        (await Patch("""{"status": "committed"}""")).ShouldBe("Rev.2");
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path);
        deleted.EnsureSuccessStatusCode();
        (await Put(new { status = "signed", role = "main" })).ShouldBe("Rev.2");

        async Task<string?> Put(object body)
        {
            using var answer = await app.Lobbyist.Put(path, body);
            return await TextOf(answer);
        }
        async Task<string?> Patch(string body)
        {
            using var answer = await app.Lobbyist.Patch(path, body);
            return await TextOf(answer);
        }
        async Task<string?> TextOf(HttpResponseMessage answer)
        {
            var json = await answer.Json();
            answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
            (await app.Viewer.GetJson(path)).ToJsonString().ShouldBe(json.ToJsonString());
            return json.Text("textVersion");
        }
    }

    [TestCase(null, "Rev.1", "must be original, the current text: the resolution has no revision; found 'Rev.1'")]
    [TestCase(null, "second", "must be original, the current text: the resolution has no revision; found 'second'")]
    [TestCase(
        "Rev.2",
        "Rev.3",
        "must be original, or a revision up to Rev.2, the current text of the resolution; found 'Rev.3'"
    )]
    [TestCase(
        "Rev.2",
        "rev.2",
        "must be original, or a revision up to Rev.2, the current text of the resolution; found 'rev.2'"
    )]
    [TestCase(
        "Rev.2",
        "<b>",
        "must be original, or a revision up to Rev.2, the current text of the resolution; found '\\u003Cb\\u003E'"
    )]
    public async Task A_text_that_the_draft_does_not_have_is_a_400_that_names_the_current_one(
        string? current,
        string text,
        string message
    )
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { textVersion = current });
        var version = (await Sign(app, draft, "SWE")).Int("version");
        using var put = await app.Lobbyist.Put(
            Path(draft, "NOR"),
            new
            {
                status = "signed",
                role = "main",
                textVersion = text,
            }
        );
        using var patch = await app.Lobbyist.Send(HttpMethod.Patch, Path(draft, "SWE"), new { textVersion = text });
        foreach (var answer in (HttpResponseMessage[])[put, patch])
        {
            var problem = await answer.ShouldBeProblem(400, "textVersion");
            problem["errors"]!["textVersion"]![0]!.GetValue<string>().ShouldBe(message);
        }
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Int("version").ShouldBe(version);
    }

    [Test]
    public async Task A_wrong_form_is_named_with_the_other_wrong_fields()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { textVersion = "Rev.2" });
        using var answer = await app.Lobbyist.Put(
            Path(draft, "NOR"),
            new { status = "signed", textVersion = "second" }
        );
        var problem = await answer.ShouldBeProblem(400, "role", "textVersion");
        problem["errors"]!["textVersion"]![0]!
            .GetValue<string>()
            .ShouldBe("must be original, or Rev.1 up to the current text of the resolution; found 'second'");
    }

    [Test]
    public async Task The_text_of_a_draft_does_not_go_back_before_that_of_a_co_sponsor()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { textVersion = "Rev.10" });
        await Sign(app, draft, "NOR");
        foreach (var text in (string[])["\"Rev.9\"", "null"])
        {
            using var back = await app.Coordinator.Patch($"/v1/resolutions/{draft}", $$"""{"textVersion": {{text}}}""");
            (await back.ShouldBeProblem(400, "textVersion"))
                .Text("detail")!
                .ShouldContain("must not be before Rev.10, which a co-sponsor has signed or was asked for");
        }
        using var corrected = await app.Lobbyist.Patch(Path(draft, "NOR"), """{"textVersion": "Rev.8"}""");
        corrected.EnsureSuccessStatusCode();
        await Revise(app, draft, "Rev.9");
        // Nobody has asked this state yet.
        await Sign(app, draft, "SWE", "wanted");
        await Revise(app, draft, "Rev.8");
    }

    [Test]
    public async Task The_public_sees_the_text_that_a_state_signed()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        await Sign(app, draft, "NOR");
        await Revise(app, draft, "Rev.1");
        await Sign(app, draft, "SWE");
        await Revise(app, draft, "Rev.2");
        await Sign(app, draft, "DNK");
        var path = $"/v1/resolutions/{draft}/co-sponsors";
        (await app.Anonymous.GetItems(path))
            .Select(c => (c.Text("memberState"), c.Text("status"), c.Text("textVersion")))
            .ShouldBe([("DNK", "signed", "Rev.2"), ("NOR", "signed", null), ("SWE", "signed", "Rev.1")]);
        (await app.Anonymous.GetJson($"{path}/SWE")).Text("textVersion").ShouldBe("Rev.1");
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}")).Text("textVersion").ShouldBe("Rev.2");
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}/tally")).Int("coSponsors").ShouldBe(3);

        var page = await app.Anonymous.GetStringAsync($"/resolutions/{draft}");
        page.ShouldContain("<bdi>Norway</bdi></a> (signed the original text)</li>");
        page.ShouldContain("<bdi>Sweden</bdi></a> (signed Rev.1)</li>");
        page.ShouldContain("<bdi>Denmark</bdi></a></li>");
    }

    private static async Task<string?> Text(App app, string draft) =>
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}")).Text("textVersion");
}
