using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Gaps.GapRequests;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>What opens and closes the gaps in what is known of a position: its evidence, co-sponsorship and reports.</summary>
[EveryEngine]
public sealed class PositionGapsTests
{
    [Test]
    public async Task A_position_on_second_hand_evidence_alone()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        await lobbyist.ShouldHaveNoGap(draft, "second-hand-only");
        await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "second-hand");
        (await lobbyist.Gap(draft, "second-hand-only")).ShouldNotBeNull().Text("since").ShouldBe("2026-11-21");
        await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "call");
        await lobbyist.ShouldHaveNoGap(draft, "second-hand-only");
    }

    [TestCase("public-statement")]
    [TestCase("note-verbale")]
    public async Task A_confirmed_position_on_one_source_until_a_statement(string evidence)
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        const string kind = "confirmed-on-one-source";
        await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "meeting");
        await lobbyist.ShouldHaveNoGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "yes", "confirmed", "meeting");
        await lobbyist.ShouldHaveGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "yes", "confirmed", evidence);
        await lobbyist.ShouldHaveNoGap(draft, kind);
        // The statement still supports the position after a later call, and does not support another position.
        await lobbyist.RecordStance(draft, "NOR", "yes", "confirmed", "call");
        await lobbyist.ShouldHaveNoGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "no", "confirmed", "call");
        await lobbyist.ShouldHaveGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "yes", "confirmed", "call");
        await lobbyist.ShouldHaveGap(draft, kind);
    }

    [Test]
    public async Task A_confirmed_position_on_one_source_until_two_people_have_heard_it()
    {
        using var app = new App();
        using var ann = await app.Member("Ann");
        using var ben = await app.Member("Ben");
        var draft = await app.OpenDraft();
        const string kind = "confirmed-on-one-source";
        await ann.Meet(draft);
        await ann.RecordStance(draft, "NOR", "yes", "confirmed", "meeting");
        await ann.ShouldHaveGap(draft, kind);
        await ann.Meet(draft);
        await ann.ShouldHaveGap(draft, kind);
        await ben.Meet(draft, new { memberState = "SWE" });
        await ann.ShouldHaveGap(draft, kind);
        await ben.Meet(draft);
        await ann.ShouldHaveNoGap(draft, kind);
        // Two people heard that it was yes. Nobody has heard the new position twice.
        app.Clock.Jump(TimeSpan.FromHours(1));
        await ann.RecordStance(draft, "NOR", "no", "confirmed", "meeting");
        app.Clock.Jump(TimeSpan.FromHours(1));
        await ann.RecordStance(draft, "NOR", "abstain", "confirmed", "meeting");
        await ann.ShouldHaveGap(draft, kind);
        await ann.Meet(draft);
        await ann.ShouldHaveGap(draft, kind);
        await ben.Meet(draft);
        await ann.ShouldHaveNoGap(draft, kind);
    }

    [TestCase("yes", "confirmed", 180)]
    [TestCase("no", "likely", 60)]
    [TestCase("undecided", "likely", 60)]
    [TestCase("undecided", "leaning", 30)]
    public async Task Evidence_fades_after_its_half_life(string position, string certainty, int halfLife)
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        await lobbyist.RecordStance(draft, "NOR", position, certainty, "call");
        app.Clock.Jump(TimeSpan.FromDays(halfLife));
        await lobbyist.ShouldHaveNoGap(draft, "evidence-faded");
        app.Clock.Jump(TimeSpan.FromDays(1));
        var gap = (await lobbyist.Gap(draft, "evidence-faded")).ShouldNotBeNull();
        gap.Text("since").ShouldBe(new DateOnly(2026, 11, 22).AddDays(halfLife).ToString("O"));
        gap.Text("detail").ShouldBe($"The evidence is of 2026-11-21, and its half-life is {halfLife} days.");
        await lobbyist.RecordStance(draft, "NOR", position, certainty, "call");
        await lobbyist.ShouldHaveNoGap(draft, "evidence-faded");
    }

    [Test]
    public async Task A_leaning_fades_by_the_half_life_of_the_forecast()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        var halfLives = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var iso3 in (string[])["NOR", "ISR"])
        {
            await lobbyist.RecordStance(draft, iso3, "yes", "leaning", "call");
        }
        foreach (var iso3 in (string[])["NOR", "ISR"])
        {
            var explained = await lobbyist.GetJson($"/v1/resolutions/{draft}/forecast?explain={iso3}");
            halfLives[iso3] = explained["explain"]!["age"]!["halfLifeDays"]!.GetValue<double>();
        }
        // The record supports one of them, and contradicts the other.
        halfLives["NOR"].ShouldBeGreaterThan(halfLives["ISR"] + 2);
        for (var day = 0; day <= 60; day++)
        {
            foreach (var (iso3, halfLife) in halfLives)
            {
                (await lobbyist.Gap(draft, "evidence-faded", iso3) is not null).ShouldBe(
                    day > halfLife,
                    $"{iso3} after {day} days, half-life {halfLife}"
                );
            }
            app.Clock.Jump(TimeSpan.FromDays(1));
        }
    }

    [Test]
    public async Task A_co_sponsor_whose_position_is_not_yes()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        const string kind = "co-sponsor-not-yes";
        foreach (
            var (status, opens) in (IEnumerable<(string, bool)>)
                [("wanted", false), ("approached", false), ("committed", true), ("signed", true), ("withdrawn", false)]
        )
        {
            using var recorded = await lobbyist.CoSponsor(draft, status);
            recorded.IsSuccessStatusCode.ShouldBeTrue();
            (await lobbyist.Gap(draft, kind) is not null).ShouldBe(opens, status);
        }
        using var signed = await lobbyist.CoSponsor(draft, "signed");
        (await lobbyist.Gap(draft, kind))
            .ShouldNotBeNull()
            .Text("detail")
            .ShouldBe("Its status as a co-sponsor is signed, and its position is unknown.");
        await lobbyist.RecordStance(draft, "NOR", "yes");
        await lobbyist.ShouldHaveNoGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "abstain");
        await lobbyist.ShouldHaveGap(draft, kind);
    }

    [Test]
    public async Task A_yes_that_was_not_asked_to_co_sponsor()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        const string kind = "yes-not-asked-to-co-sponsor";
        await lobbyist.RecordStance(draft, "NOR", "abstain");
        await lobbyist.ShouldHaveNoGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "yes");
        await lobbyist.ShouldHaveGap(draft, kind);
        foreach (
            var (status, closes) in (IEnumerable<(string, bool)>)
                [("wanted", false), ("approached", true), ("committed", true), ("signed", true), ("withdrawn", true)]
        )
        {
            using var recorded = await lobbyist.CoSponsor(draft, status);
            recorded.IsSuccessStatusCode.ShouldBeTrue();
            (await lobbyist.Gap(draft, kind) is null).ShouldBe(closes, status);
        }
        using var deleted = await lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/co-sponsors/NOR");
        await lobbyist.ShouldHaveGap(draft, kind);
    }

    [Test]
    public async Task A_new_text_needs_a_new_request()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        const string kind = "yes-not-asked-to-co-sponsor";
        await lobbyist.RecordStance(draft, "NOR", "yes");
        using var asked = await lobbyist.CoSponsor(draft, "signed");
        await lobbyist.ShouldHaveNoGap(draft, kind);
        using var revised = await app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"textVersion":"Rev.1"}""");
        ((int)revised.StatusCode).ShouldBe(200);
        (await lobbyist.Gap(draft, kind))
            .ShouldNotBeNull()
            .Text("detail")
            .ShouldBe("Its position is yes, and it was asked to co-sponsor an earlier text only.");
        using var again = await lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new
            {
                status = "signed",
                role = "additional",
                textVersion = "Rev.1",
            }
        );
        ((int)again.StatusCode).ShouldBe(200);
        await lobbyist.ShouldHaveNoGap(draft, kind);
    }

    [Test]
    public async Task Reports_conflict_until_they_agree_or_a_week_has_passed()
    {
        using var app = new App();
        using var ann = await app.Member("Ann");
        using var ben = await app.Member("Ben");
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        const string kind = "conflicting-reports";
        // One person changes a position, and a vote of the past is no report.
        await ann.RecordStance(draft, "NOR", "no");
        await ann.RecordStance(draft, "NOR", "yes");
        await ann.ShouldHaveNoGap(draft, kind);
        app.Clock.Jump(TimeSpan.FromDays(2));
        await ben.RecordStance(draft, "NOR", "abstain");
        var gap = (await ann.Gap(draft, kind)).ShouldNotBeNull();
        gap.Text("since").ShouldBe("2026-11-23");
        gap.Text("detail").ShouldBe("yes by Ann on 2026-11-21; abstain by Ben on 2026-11-23.");
        await ann.RecordStance(draft, "NOR", "abstain");
        await ann.ShouldHaveNoGap(draft, kind);
        await ann.RecordStance(draft, "NOR", "undecided");
        await ann.ShouldHaveGap(draft, kind);
        app.Clock.Jump(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        await ann.ShouldHaveGap(draft, kind);
        app.Clock.Jump(TimeSpan.FromSeconds(1));
        await ann.ShouldHaveNoGap(draft, kind);
        // The week between two reports, too.
        await ben.RecordStance(draft, "NOR", "no");
        await ann.ShouldHaveNoGap(draft, kind);
    }
}
