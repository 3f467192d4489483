using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>The cursors that a client has from before a restore.</summary>
internal static class SeenCursors
{
    /// <summary>They are rejected with the address where to begin again, and a cursor of the new incarnation continues.</summary>
    public static async Task AreGone(HttpClient admin, string feedEnd, string secondPage)
    {
        foreach (
            var (cursor, restart) in new[]
            {
                (feedEnd, "/v1/changes?limit=1000"),
                (secondPage, $"/v1/resolutions/{Seen.Draft}/stances?limit=5"),
            }
        )
        {
            using var answer = await admin.GetAsync(cursor);
            var problem = await answer.ShouldBeProblem(410);
            problem.Text("type").ShouldBe("/problems/cursor-gone");
            problem.Text("restart").ShouldBe(restart);
        }
        var feed = new List<string?>();
        string? end = null;
        for (string? next = "/v1/changes?limit=1000", last = null; next != last; )
        {
            using var page = await admin.GetAsync(next);
            feed.AddRange((await page.Json()).Items().Select(c => c.Text("memberState")));
            (last, next) = (next, page.NextPage()!);
            end = next;
        }
        feed.ShouldContain("BRA");
        // A cursor of this incarnation continues.
        await admin.RecordStance(Seen.Draft, "ZAF", "yes");
        (await admin.GetItems(end!)).ShouldHaveSingleItem().Text("memberState").ShouldBe("ZAF");
    }
}
