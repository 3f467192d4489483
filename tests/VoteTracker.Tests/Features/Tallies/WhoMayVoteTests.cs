using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>The members that may vote are those of the day of the vote, or of today in New York.</summary>
[EveryEngine]
public sealed class WhoMayVoteTests
{
    private static readonly object Yes = new
    {
        position = "yes",
        certainty = "confirmed",
        evidence = "meeting",
    };

    [Test]
    public async Task A_member_is_ineligible_from_a_day_to_a_day_both_included()
    {
        using var app = new App();
        var days = new Dictionary<string, bool>
        {
            ["2026-12-01"] = true,
            ["2026-12-02"] = false,
            ["2026-12-03"] = false,
            ["2026-12-04"] = false,
            ["2026-12-05"] = true,
        };
        foreach (var day in days.Keys)
        {
            await app.OpenDraft(new { id = $"on-{day}", voteOn = day });
        }
        await Enter(app, "VEN", "2026-12-02", "2026-12-04");
        foreach (var (day, mayVote) in days)
        {
            var tally = await app.Viewer.GetJson($"/v1/resolutions/on-{day}/tally");
            (tally.Int("ineligible"), tally.Int("eligible"), tally.Int("unknown")).ShouldBe(
                mayVote ? (0, 193, 193) : (1, 192, 192),
                day
            );
            var state = await app.Anonymous.GetJson($"/v1/member-states/VEN?on={day}");
            (state.Flag("mayVote"), state.Text("ineligible")).ShouldBe((mayVote, mayVote ? null : "article-19"), day);
            var listed = (await app.Anonymous.GetItems($"/v1/member-states?on={day}")).Single(m =>
                m.Text("iso3") == "VEN"
            );
            listed.Flag("mayVote").ShouldBe(mayVote, day);
            using var put = await app.Lobbyist.Put($"/v1/resolutions/on-{day}/stances/VEN", Yes);
            put.StatusCode.ShouldBe(mayVote ? HttpStatusCode.OK : HttpStatusCode.Conflict, day);
            var rows = (await app.Viewer.GetJson($"/v1/resolutions/on-{day}/breakdown"))["rows"]!.AsArray();
            rows.Sum(r => r!.Int("ineligible")).ShouldBe(mayVote ? 0 : 1, day);
        }
    }

    [Test]
    public async Task A_stance_of_an_ineligible_member_is_stored_and_not_counted()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "VEN", "yes");
        await Enter(app, "VEN", "2026-11-21", null);
        var barred = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (barred.Int("yes"), barred.Int("ineligible"), barred.Int("unknown")).ShouldBe((0, 1, 192));
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/stances/VEN")).Text("position").ShouldBe("yes");
        using var ended = await app.Coordinator.DeleteAsync("/v1/member-states/VEN/ineligibility");
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var again = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (again.Int("yes"), again.Int("ineligible")).ShouldBe((1, 0));
        again.Int("version").ShouldBe(barred.Int("version") + 1);
    }

    [Test]
    public async Task A_later_entry_does_not_change_past_tallies()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Enter(app, "VEN", "2026-11-01", null);
        var entered = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var ended = await app.Coordinator.DeleteAsync("/v1/member-states/VEN/ineligibility");
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        async Task<int> Ineligible(DateTimeOffset moment) =>
            (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?asOf={moment.Iso()}")).Int("ineligible");
        (await Ineligible(before)).ShouldBe(0);
        (await Ineligible(entered)).ShouldBe(1);
        (await Ineligible(app.Clock.GetUtcNow())).ShouldBe(0);
    }

    [TestCase("2026-11-21T15:00:00Z", "2026-11-22", "2026-11-22T05:00:00Z", "2026-11-24T05:00:00Z")]
    [TestCase("2026-07-01T15:00:00Z", "2026-07-02", "2026-07-02T04:00:00Z", "2026-07-04T04:00:00Z")]
    public async Task A_new_day_in_New_York_changes_the_ETag_and_not_the_version(
        string start,
        string from,
        string begins,
        string ends
    )
    {
        var clock = new FakeTimeProvider(Utc(start));
        using var app = new App(clock);
        var id = await app.OpenDraft();
        var until = Utc(from).AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var after = Utc(from).AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Enter(app, "VEN", from, until);

        async Task Shows(string tag, int ineligible)
        {
            foreach (var what in (string[])["tally", "breakdown"])
            {
                using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/{what}");
                answer.ETag().ShouldBe($"\"{tag}\"", $"{what} {clock.GetUtcNow():O}");
                (await answer.Json()).Int("version").ShouldBe(2);
            }
            (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("ineligible").ShouldBe(ineligible);
        }
        await Shows("2", 0);
        clock.SetUtcNow(Utc(begins).AddMicroseconds(-1));
        await Shows("2", 0);
        clock.SetUtcNow(Utc(begins));
        using var polled = await app.Viewer.Send(
            HttpMethod.Get,
            $"/v1/resolutions/{id}/tally",
            ifMatch: null,
            ifNoneMatch: "\"2\""
        );
        polled.StatusCode.ShouldBe(HttpStatusCode.OK, "the ETag of yesterday is not current");
        await Shows($"2.{from}", 1);
        using var put = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/VEN", Yes);
        await put.ShouldBeProblem(409);
        clock.SetUtcNow(Utc(ends).AddMicroseconds(-1));
        await Shows($"2.{from}", 1);
        clock.SetUtcNow(Utc(ends));
        await Shows($"2.{after}", 0);
        await app.Lobbyist.RecordStance(id, "VEN", "yes");
        using var last = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally");
        last.ETag().ShouldBe("\"3\"", "a change has a new version again");
    }

    [Test]
    public async Task With_a_day_of_the_vote_only_that_day_matters()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn = "2026-11-30" });
        await Enter(app, "VEN", "2026-11-22", "2026-11-25");
        app.Clock.Jump(TimeSpan.FromDays(2));
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally");
        answer.ETag().ShouldBe("\"2\"");
        (await answer.Json()).Int("ineligible").ShouldBe(0);
        (await app.Lobbyist.RecordStance(id, "VEN", "yes")).Int("version").ShouldBe(3);
    }

    [Test]
    public async Task The_members_are_those_of_the_day_of_the_vote()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn = "2011-07-13" });
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("members").ShouldBe(192);
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances"))
            .Select(s => s.Text("memberState"))
            .ShouldNotContain("SSD");
        using var patched = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { voteOn = "2011-07-14" }
        );
        patched.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("members").ShouldBe(193);
    }

    [Test]
    public async Task An_ineligibility_never_changes_a_recorded_vote()
    {
        using var app = new App();
        await Enter(app, "ZAF", "2025-06-12", "2025-06-12");
        var tally = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        (tally.Int("ineligible"), tally.Int("yes"), tally.Int("version")).ShouldBe((0, 149, 1));
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(
            text,
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal
        );

    private static async Task Enter(App app, string iso3, string from, string? until)
    {
        using var answer = await app.Coordinator.Put(
            $"/v1/member-states/{iso3}/ineligibility",
            new
            {
                from,
                until,
                reason = "article-19",
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
