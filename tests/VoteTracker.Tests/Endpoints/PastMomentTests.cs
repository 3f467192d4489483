using System.Globalization;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Endpoints;

/// <summary>`since` and `from` accept a moment, a day, or a length of time back from now.</summary>
public sealed class PastMomentTests
{
    // A draft is opened at 15:00 UTC on 21 November 2026; three days later the clock shows the same hour.
    [TestCase("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z")]
    [TestCase("2026-11-22T12:00:00+02:00", "2026-11-22T10:00:00Z")]
    [TestCase("2026-11-22", "2026-11-22T05:00:00Z")]
    [TestCase("2026-11-24", "2026-11-24T05:00:00Z")]
    [TestCase("24h", "2026-11-23T15:00:00Z")]
    [TestCase("1d", "2026-11-23T15:00:00Z")]
    [TestCase("1h", "2026-11-24T14:00:00Z")]
    [TestCase("2026-11-24T15:00:59Z", "2026-11-24T15:00:00Z")]
    // Before the resolution was opened, the answer begins with the opening.
    [TestCase("7d", "2026-11-21T15:00:00Z")]
    [TestCase("3660d", "2026-11-21T15:00:00Z")]
    [TestCase("87840h", "2026-11-21T15:00:00Z")]
    [TestCase("0001-01-01", "2026-11-21T15:00:00Z")]
    public async Task Every_form_means_one_moment(string written, string moment)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        app.Clock.Jump(TimeSpan.FromDays(3));
        var from = Uri.EscapeDataString(written);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={from}")).Text("from").ShouldBe(moment);
        var timeline = await app.Viewer.GetItems($"/v1/resolutions/{id}/tally/timeline?from={from}");
        timeline[0].Text("asOf").ShouldBe(moment);
    }

    [Test]
    public async Task A_day_begins_in_New_York_also_in_summer()
    {
        using var app = new App();
        app.Clock.Jump(TimeSpan.FromDays(-150));
        var id = await app.OpenDraft();
        app.Clock.Jump(TimeSpan.FromDays(10));
        var day = app.Clock.GetUtcNow().AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from={day}")).Text("from").ShouldBe($"{day}T04:00:00Z");
    }

    [TestCase("24x")]
    [TestCase("24")]
    [TestCase("24H")]
    [TestCase("0h")]
    [TestCase("024h")]
    [TestCase("-1d")]
    [TestCase("1.5h")]
    [TestCase("90m")]
    [TestCase("P1D")]
    [TestCase("3661d")]
    [TestCase("87841h")]
    [TestCase("99999999999d")]
    [TestCase("24h\n")]
    [TestCase("２4h")]
    [TestCase("2026-02-30")]
    [TestCase("2026-11")]
    [TestCase("yesterday")]
    [TestCase("")]
    public async Task A_value_in_no_form_is_a_400_that_shows_it_and_the_forms(string written)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var value = Uri.EscapeDataString(written);
        foreach (
            var path in (string[])
                [
                    $"/v1/resolutions/{id}/diff?from={value}",
                    $"/v1/resolutions/{id}/tally/timeline?from={value}",
                    $"/v1/changes?since={value}",
                ]
        )
        {
            using var answer = await app.Viewer.GetAsync(path);
            var problem = await answer.ShouldBeProblem(
                400,
                path.Contains("since", StringComparison.Ordinal) ? "since" : "from"
            );
            var detail = problem.Text("detail")!;
            detail.ShouldContain($"found '{written.Replace("\n", "\\u000A", StringComparison.Ordinal)}'");
            detail.ShouldContain("2026-11-21T22:10:00Z");
            detail.ShouldContain("a day such as 2026-11-21");
            detail.ShouldContain("24h (1h to 87840h) or 7d (1d to 3660d)");
        }
    }

    [TestCase("2026-11-21T15:01:01Z", "found '2026-11-21T15:01:01Z', and the time is 2026-11-21T15:00:00Z")]
    [TestCase("2126-11-21T00:00:00Z", "found '2126-11-21T00:00:00Z', and the time is 2026-11-21T15:00:00Z")]
    [TestCase("2026-11-22", "which begins at 2026-11-22T05:00:00Z in New York, and the time is 2026-11-21T15:00:00Z")]
    [TestCase("9999-12-31", "which begins at 9999-12-31T05:00:00Z in New York")]
    public async Task A_value_in_the_future_is_a_400_that_names_the_time(string written, string found)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var diff = await app.Viewer.GetAsync($"/v1/resolutions/{id}/diff?from={written}");
        (await diff.ShouldBeProblem(400, "from")).Text("detail")!.ShouldContain(found);
        using var changes = await app.Viewer.GetAsync($"/v1/changes?since={written}");
        (await changes.ShouldBeProblem(400, "since")).Text("detail")!.ShouldContain(found);
    }

    [Test]
    public async Task The_feed_begins_with_the_first_change_since_a_moment()
    {
        using var app = new App();
        app.Clock.Jump(TimeSpan.FromDays(2));
        var id = await app.OpenDraft();
        app.Clock.Jump(TimeSpan.FromDays(2));
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "NOR", "no");

        (await Versions("24h")).ShouldBe([2, 3]);
        // The moment itself belongs to it.
        (await Versions(app.Clock.GetUtcNow().Iso())).ShouldBe([2, 3]);
        (await Versions("2d")).ShouldBe([1, 2, 3]);
        (await Versions("47h")).ShouldBe([2, 3]);
        // Before the first change, it is the whole feed.
        var whole = await app.Viewer.GetItems("/v1/changes?limit=3");
        (await app.Viewer.GetItems("/v1/changes?since=1945-01-01&limit=3"))
            .Select(c => c.Text("changedAt"))
            .ShouldBe(whole.Select(c => c.Text("changedAt")));

        // The record that is shipped has moments of the past.
        (await app.Viewer.GetItems("/v1/changes?since=2001-12-21T05:00:00Z&limit=1"))[0]
            .Text("changedAt")
            .ShouldBe("2001-12-21T05:00:00Z");

        // The cursor decides, so that a client that was away misses nothing.
        using var first = await app.Viewer.GetAsync("/v1/changes?since=24h&limit=1");
        var next = first.Headers.GetValues("Link").Single().Split('<', '>')[1];
        app.Clock.Jump(TimeSpan.FromDays(5));
        (await app.Viewer.GetItems(next)).Select(c => c.Int("version")).ShouldBe([3]);
        (await Versions("24h")).ShouldBeEmpty();
        using var end = await app.Viewer.GetAsync("/v1/changes?since=24h");
        await app.Lobbyist.RecordStance(id, "KEN", "no");
        (await app.Viewer.GetItems(end.NextPage()!)).Select(c => c.Int("version")).ShouldBe([4]);

        async Task<IEnumerable<int>> Versions(string since) =>
            (await app.Viewer.GetItems($"/v1/changes?since={since}")).Select(c => c.Int("version"));
    }

    [Test]
    public async Task Engagements_are_filtered_by_a_day_or_by_a_length_of_time()
    {
        using var app = new App();
        foreach (var day in (string[])["2026-11-13", "2026-11-14", "2026-11-21"])
        {
            using var added = await app.Lobbyist.Send(
                HttpMethod.Post,
                "/v1/engagements",
                new
                {
                    memberState = "ZAF",
                    kind = "call",
                    on = day,
                    summary = "A call.",
                }
            );
            added.EnsureSuccessStatusCode();
        }
        (await Days("7d")).ShouldBe(["2026-11-21", "2026-11-14"]);
        (await Days("2026-11-14")).ShouldBe(["2026-11-21", "2026-11-14"]);
        (await Days("1h")).ShouldBe(["2026-11-21"]);
        // The evening of the 13th in New York.
        (await Days("2026-11-14T02:00:00Z"))
            .Count()
            .ShouldBe(3);
        (await Days("2026-11-22")).ShouldBeEmpty();
        using var wrong = await app.Lobbyist.GetAsync("/v1/engagements?from=24x");
        (await wrong.ShouldBeProblem(400, "from")).Text("detail")!.ShouldContain("found '24x'");

        async Task<IEnumerable<string?>> Days(string from) =>
            (await app.Lobbyist.GetItems($"/v1/engagements?from={from}")).Select(e => e.Text("on"));
    }

    [Test]
    public async Task Votes_and_exports_are_filtered_by_the_same_forms()
    {
        using var app = new App();
        // The vote on es-10-27 was on 12 June 2025.
        (await Votes("530d")).ShouldContain("es-10-27");
        (await Votes("520d")).ShouldNotContain("es-10-27");
        (await Votes("2025-06-13T03:00:00Z")).ShouldContain("es-10-27");
        (await Votes("2025-06-13T05:00:00Z")).ShouldNotContain("es-10-27");
        const string export = "/v1/export/resolutions.csv?asOf=2025-07-12T12:00:00Z&from=";
        (await app.Anonymous.GetStringAsync(export + "30d")).ShouldContain("es-10-27");
        (await app.Anonymous.GetStringAsync(export + "29d")).ShouldNotContain("es-10-27");
        foreach (
            var path in (string[])
                [
                    "/v1/member-states/ZAF/votes",
                    "/v1/agreement?a=ZAF",
                    "/v1/export/resolutions.csv",
                    "/v1/export/matrix.csv",
                ]
        )
        {
            using var wrong = await app.Anonymous.GetAsync(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}from=24x"
            );
            (await wrong.ShouldBeProblem(400, "from")).Text("detail")!.ShouldContain("found '24x'");
        }

        async Task<IEnumerable<string?>> Votes(string from) =>
            (await app.Anonymous.GetItems($"/v1/member-states/ZAF/votes?from={from}")).Select(v =>
                v.Text("resolution")
            );
    }

    [TestCase("2026-11-23", "Since 23 November 2026")]
    [TestCase("24h", "Since 23 November 2026")]
    public async Task A_page_accepts_the_same_forms(string since, string shown)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        app.Clock.Jump(TimeSpan.FromDays(3));
        (await app.Viewer.GetStringAsync($"/resolutions/{id}?since={since}")).ShouldContain(shown);
    }

    [TestCase("24x")]
    [TestCase("2026-11-25")]
    [TestCase("2126-01-01T00:00")]
    public async Task A_page_names_a_value_that_it_does_not_accept(string since)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        var page = await app.Viewer.GetStringAsync($"/resolutions/{id}?since={since}");
        page.ShouldContain($"This is not a moment in the past (UTC): <bdi>{since}</bdi>");
    }
}
