using System.Globalization;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>Tallies of the past with many later and earlier changes, of which only a part is read at first.</summary>
[EveryEngine]
public sealed class LongHistoryTests
{
    [TestCase(10)]
    [TestCase(1_500)]
    [TestCase(12_000)]
    public async Task A_tally_of_the_past_has_stances_from_before_many_changes(int changes)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        await app.Lobbyist.RecordStance(draft, "BRA", "abstain");
        await app.Lobbyist.RecordStance(draft, "ZAF", "no");
        app.Clock.Jump(TimeSpan.FromHours(1));
        // By SQL, as if a client had recorded the stance of South Africa again and again.
        var (first, last) = (5, 4 + changes);
        var at = app.Clock.GetUtcNow().Iso();
        Databases.Execute(
            app.Folder,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO stance_change (
                    resolution, member_state, version, replaced, position, certainty, evidence, changed_at, changed_by
                )
                WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
                SELECT s.resolution, s.member_state, n.i, n.i - 1, 'yes', 'likely', 'call', {Moment(at)}, 'list'
                FROM n, stance s WHERE s.resolution = '{draft}' AND s.member_state = 'ZAF';
                INSERT INTO change (at, by, kind, resolution, member_state, version)
                SELECT changed_at, changed_by, 'stance', resolution, member_state, version
                FROM stance_change WHERE changed_by = 'list' ORDER BY version;
                UPDATE stance SET version = {last}, position = 'yes', certainty = 'likely', changed_at = {Moment(at)}
                WHERE resolution = '{draft}' AND member_state = 'ZAF';
                UPDATE resolution SET version = {last}, changed_at = {Moment(at)} WHERE id = '{draft}';
                """
            )
        );
        app.Clock.Jump(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        await app.Lobbyist.RecordStance(draft, "KEN", "no");
        (await Count(app, draft, hours: 0)).ShouldBe((1, 1, 1));
        (await Count(app, draft, hours: 1)).ShouldBe((2, 0, 1));
        (await Count(app, draft, hours: 2)).ShouldBe((1, 2, 1));
        var diff = await app.Viewer.GetJson($"/v1/resolutions/{draft}/diff?from={MomentOf(app, 1).Iso()}");
        diff.Field("moves")!
            .AsArray()
            .Select(m =>
                (m!.Text("memberState"), m!.Text("from"), m!.Text("to"), m!.Text("changedBy"), m!.Int("changes"))
            )
            .ShouldBe([("KEN", "unknown", "no", "lobbyist", 1), ("NOR", "yes", "no", "lobbyist", 1)]);
        diff = await app.Viewer.GetJson($"/v1/resolutions/{draft}/diff?from={MomentOf(app, 0).Iso()}");
        diff.Field("moves")!.AsArray().Single(m => m!.Text("memberState") == "ZAF")!.Int("changes").ShouldBe(changes);
    }

    private static async Task<(int Yes, int No, int Abstain)> Count(App app, string draft, int hours)
    {
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{draft}/tally?asOf={MomentOf(app, hours).Iso()}");
        return (tally.Int("yes"), tally.Int("no"), tally.Int("abstain"));
    }

    // The moment of an hour after the opening, which is two hours ago.
    private static DateTimeOffset MomentOf(App app, int hours) => app.Clock.GetUtcNow().AddHours(hours - 2);

    private static string Moment(string iso) =>
        Databases.ArePostgres ? $"TIMESTAMPTZ '{iso}'" : $"'{iso.Replace("Z", ".000000Z", StringComparison.Ordinal)}'";
}
