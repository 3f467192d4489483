using System.Net;
using System.Text;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>Tallies as of a past moment.</summary>
[EveryEngine]
public sealed class PastTallyTests
{
    [Test]
    public async Task A_tally_as_of_a_moment_counts_the_data_of_that_moment()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var opened = app.Clock.GetUtcNow();
        var hour = TimeSpan.FromHours(1);
        app.Clock.Advance(hour);
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "BRA", "abstain");
        app.Clock.Advance(hour);
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        app.Clock.Advance(hour);
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/ZAF");
        deleted.IsSuccessStatusCode.ShouldBeTrue();
        app.Clock.Advance(hour);

        async Task<(int, int, int, int)> Count(DateTimeOffset moment)
        {
            var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?asOf={moment.Iso()}");
            tally.Moment("asOf").ShouldBe(moment);
            var rows = await app.Viewer.GetJson($"/v1/resolutions/{id}/breakdown?asOf={moment.Iso()}");
            rows.Moment("asOf").ShouldBe(moment);
            rows.Int("version").ShouldBe(tally.Int("version"));
            foreach (var column in (string[])["yes", "no", "abstain", "unknown", "members"])
            {
                rows["rows"]!.AsArray().Sum(r => r!.Int(column)).ShouldBe(tally.Int(column), column);
            }
            return (tally.Int("yes"), tally.Int("no"), tally.Int("unknown"), tally.Int("version"));
        }
        (await Count(opened)).ShouldBe((0, 0, 193, 1));
        (await Count(opened + hour - TimeSpan.FromMicroseconds(1))).ShouldBe((0, 0, 193, 1));
        (await Count(opened + hour)).ShouldBe((1, 0, 191, 3));
        (await Count(opened + 2 * hour - TimeSpan.FromMicroseconds(1))).ShouldBe((1, 0, 191, 3));
        (await Count(opened + 2 * hour)).ShouldBe((0, 1, 191, 4));
        (await Count(opened + 3 * hour)).ShouldBe((0, 0, 192, 5));
        (await Count(app.Clock.GetUtcNow())).ShouldBe((0, 0, 192, 5));
        var now = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        now.Moment("asOf").ShouldBe(opened + 3 * hour, "the moment of the last change that is counted");
    }

    [Test]
    public async Task A_moment_before_the_resolution_existed_is_a_404()
    {
        using var app = new App();
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var id = await app.OpenDraft();
        foreach (var what in (string[])["tally", "breakdown", "breakdown.csv", "stances"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/{what}?asOf={before.Iso()}");
            await answer.ShouldBeProblem(404);
        }
    }

    [AnyEngine]
    [Test]
    public async Task An_invalid_or_future_moment_is_a_400()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        string[] moments =
        [
            "2026-11-21",
            "2026-11-21T15:00:00",
            "2026-11-21T15:01:00.000001Z",
            "2026-11-21T15:01:01Z",
            "2026-11-21T10:00:00-06:00",
            "9999-12-31T23:59:59Z",
            "2026-02-30T00:00:00Z",
            "20261121T150000Z",
            "1795273200",
            "yesterday",
            "",
        ];
        foreach (var what in (string[])["tally", "breakdown", "breakdown.csv", "stances"])
        {
            foreach (var moment in moments)
            {
                using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/{what}?asOf={moment}");
                ((int)answer.StatusCode).ShouldBe(400, $"{what} {moment}");
                await answer.ShouldBeProblem(400, "asOf");
            }
            foreach (
                var moment in (string[])
                    ["2026-11-21T15:00:00Z", "2026-11-21T10:00-05:00", "2026-11-21T16:00:00%2B01:00"]
            )
            {
                using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/{what}?asOf={moment}");
                ((int)answer.StatusCode).ShouldBe(200, $"{what} {moment}");
            }
        }
    }

    [Test]
    public async Task The_vote_changes_the_basis_and_earlier_moments_still_count_stances()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(2));
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            $"/v1/resolutions/{id}/roll-call?recordedOn=2026-11-21&missing=non-voting"
        );
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = new StringContent("iso3,vote\nZAF,yes\nBRA,yes\nIND,no\n", Encoding.UTF8, "text/csv");
        using var recorded = await app.Coordinator.SendAsync(request);
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created, await recorded.Content.ReadAsStringAsync());
        var now = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        (now.Text("basis"), now.Int("yes"), now.Int("no"), now.Int("absent")).ShouldBe(("recorded-votes", 2, 1, 190));
        (now.Flag("reached"), now.Text("sentence")).ShouldBe((true, "2 of 3 present and voting; two thirds was 2."));
        var then = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?asOf={before.Iso()}");
        (then.Text("basis"), then.Int("yes"), then.Int("no"), then.Int("unknown")).ShouldBe(("stances", 0, 1, 192));
    }
}
