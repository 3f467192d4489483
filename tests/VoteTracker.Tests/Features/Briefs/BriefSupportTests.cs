using VoteTracker.Tests.Features.Endorsements;
using static VoteTracker.Tests.Features.Briefs.BriefRequests;

namespace VoteTracker.Tests.Features.Briefs;

/// <summary>The endorsements, acts and pressures in the brief of a state.</summary>
[EveryEngine]
public sealed class BriefSupportTests
{
    [Test]
    public async Task A_brief_has_what_is_about_its_state_and_its_resolution_or_none()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        foreach (
            var (name, state, resolution) in ((string, string?, string?)[])
                [("a", "NOR", null), ("b", "NOR", draft), ("c", "NOR", other), ("d", "ZAF", null), ("e", null, null)]
        )
        {
            await app.Lobbyist.Endorse(
                name,
                new
                {
                    memberState = state,
                    resolution,
                    @public = false,
                }
            );
            if (state is not null)
            {
                await app.Lobbyist.Act(
                    new
                    {
                        title = name,
                        memberState = state,
                        resolution,
                    }
                );
                await app.Lobbyist.Press(state, "yes", "low", new { resolution, note = name });
            }
        }
        var brief = await app.Lobbyist.GetJson(Path(draft));
        brief.Texts("endorsements", "organisation").ShouldBe(["a", "b"]);
        brief.Int("endorsementCount").ShouldBe(2);
        brief.Texts("acts", "title").ShouldBe(["b", "a"]);
        brief.Texts("pressures", "note").ShouldBe(["a", "b"]);
        brief.Words("more").ShouldBeEmpty();
        var ofViewer = await app.Viewer.GetJson(Path(draft));
        ofViewer.Texts("endorsements", "organisation").ShouldBe(["a", "b"]);
        ofViewer.Texts("acts", "title").ShouldBe(["b", "a"]);
        ofViewer.AsObject().ContainsKey("pressures").ShouldBeFalse();
        // The forecast of a brief does not use pressures.
        (await app.Viewer.GetJson(Path(draft, "KEN")))
            .Int("endorsementCount")
            .ShouldBe(0);
    }

    [Test]
    public async Task A_long_list_is_cut_and_its_count_is_whole()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        for (var i = 0; i < 21; i++)
        {
            await app.Lobbyist.Endorse($"Association {i:00}", new { memberState = "NOR" });
        }
        for (var i = 0; i < 11; i++)
        {
            await app.Lobbyist.Act(new { title = $"Act {i:00}" });
            await app.Lobbyist.Press("NOR", "no", "low");
        }
        var brief = await app.Lobbyist.GetJson(Path(draft));
        (brief.List("endorsements").Count, brief.List("acts").Count, brief.List("pressures").Count).ShouldBe(
            (20, 10, 10)
        );
        brief.Int("endorsementCount").ShouldBe(21);
        brief.Words("more").ShouldBe(["endorsements", "acts", "pressures"]);
    }

    [Test]
    public async Task The_Markdown_has_each_part_in_the_language_of_the_reader()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Endorse(
            "Union *of* Nurses",
            new
            {
                memberState = "NOR",
                kind = "trade-union",
                signedOn = "2026-11-20",
                @public = false,
            }
        );
        await app.Lobbyist.Act(new { kind = "explanation-of-vote" });
        await app.Lobbyist.Press("NOR", "abstain", "high", new { from = "SWE", note = "A tariff." });
        var english = await app.Lobbyist.GetMarkdown(Path(draft));
        english.ShouldContain("## Endorsements: 1");
        english.ShouldContain(@"Union \*of\* Nurses, trade union, 20 November 2026, not public");
        english.ShouldContain("## Formal acts");
        english.ShouldContain("A statement (explanation of vote, 20 November 2026): <https://docs.example/1>");
        english.ShouldContain("## Pressures");
        english.ShouldContain("**trade (high), towards: abstain**: Sweden. A tariff.");
        var french = await app.Lobbyist.GetMarkdown($"{Path(draft)}?lang=fr");
        french.ShouldContain("Soutiens d’organisations : 1");
        french.ShouldContain("explication de vote");
        french.ShouldContain("Suède");
        (await app.Viewer.GetMarkdown(Path(draft))).ShouldNotContain("Pressures");
    }

    [Test]
    public async Task The_page_has_each_part_and_markup_is_text()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Endorse("<img src=x>", new { memberState = "NOR" });
        await app.Lobbyist.Act(new { title = "<b>A statement</b>" });
        await app.Lobbyist.Press("NOR", "abstain", "high", new { from = "An <i>investor</i>" });
        var page = await app.Lobbyist.GetStringAsync($"/desk/{draft}/briefs/NOR");
        foreach (var id in (string[])["endorsements", "acts", "pressures"])
        {
            page.ShouldContain($"<h2 id=\"{id}\">");
        }
        page.ShouldContain("&lt;img src=x&gt;");
        foreach (var markup in (string[])["<img src=x>", "<b>A", "<i>inv"])
        {
            page.ShouldNotContain(markup);
        }
        (await app.Viewer.GetStringAsync($"/desk/{draft}/briefs/NOR")).ShouldNotContain("id=\"pressures\"");
    }
}
