using VoteTracker.Tests.Features.Briefs;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Digests;

/// <summary>What a digest has of resolutions whose vote is over, of a new text, and of one resolution alone.</summary>
[EveryEngine]
public sealed class DigestScopeTests
{
    [Test]
    public async Task A_co_sponsor_that_signed_a_new_text_is_listed_with_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Stance(draft, "no", iso3: "SWE");
        await app.Lobbyist.CoSponsor(draft, "signed", "NOR");
        using var revised = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"textVersion":"Rev.1"}""");
        revised.EnsureSuccessStatusCode();
        app.Clock.Jump(TimeSpan.FromDays(2));
        using var renewed = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new
            {
                status = "signed",
                role = "additional",
                textVersion = "Rev.1",
            }
        );
        renewed.EnsureSuccessStatusCode();
        await app.Lobbyist.Stance(draft, "yes", iso3: "SWE");
        var text = await app.Viewer.GetMarkdown("/v1/digest");
        text.ShouldContain("| Norway | signed | signed, additional, Rev.1 | lobbyist |\n");
        text.ShouldContain("−2");
        text.ShouldNotContain("-2,");
    }

    [Test]
    public async Task Mentions_of_other_resolutions_do_not_cut_those_of_one()
    {
        using var app = new App();
        using var other = await app.Member("Desk of Geneva");
        using var lobbyist = app.Lobbyist;
        var (draft, busy) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        await other.Comment(draft, "@lobbyist the first");
        app.Clock.Jump(TimeSpan.FromMinutes(1));
        for (var i = 1; i <= 52; i++)
        {
            await other.Comment(busy, $"@lobbyist {i}");
        }
        var digest = await lobbyist.GetJson($"/v1/digest?resolution={draft}");
        digest.Texts("mentions", "text").ShouldBe(["@lobbyist the first"]);
        digest.List("more").ShouldBeEmpty();
        digest = await lobbyist.GetJson("/v1/digest");
        digest.List("mentions").Count.ShouldBe(50);
        digest.Words("more").ShouldBe(["mentions"]);
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task A_resolution_that_was_open_then_is_listed_without_gaps(int daysBefore)
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var voted = await app.OpenDraft();
        var withdrawn = await app.OpenDraft(symbol: "A/ES-10/L.35");
        await lobbyist.Stance(voted, "yes");
        app.Clock.Jump(TimeSpan.FromDays(daysBefore) + TimeSpan.FromHours(1));
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{voted}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "yes" } } }
        );
        recorded.EnsureSuccessStatusCode();
        using var ended = await app.Coordinator.Patch($"/v1/resolutions/{withdrawn}", """{"status":"withdrawn"}""");
        ended.EnsureSuccessStatusCode();
        app.Clock.Jump(TimeSpan.FromHours(1));
        var digest = await lobbyist.GetJson("/v1/digest");
        digest.Texts("resolutions", "resolution").ShouldBe([withdrawn, voted]);
        var found = digest.List("resolutions");
        found.ShouldAllBe(each => !each.AsObject().ContainsKey("gapsOpened"));
        found.ShouldAllBe(each => !each.AsObject().ContainsKey("gapsClosed"));
        found[1].Field("after")!.Text("basis").ShouldBe("recorded-votes");
        // The end of a draft is news once.
        app.Clock.Jump(TimeSpan.FromDays(2));
        (await lobbyist.GetJson("/v1/digest")).List("resolutions").ShouldBeEmpty();
    }
}
