using static VoteTracker.Tests.Features.Feeds.FeedTests;

namespace VoteTracker.Tests.Features.Feeds;

/// <summary>The feed of a process that counts it anew.</summary>
[EveryEngine]
public sealed class RestartedFeedTests
{
    [Test]
    public async Task It_is_the_same_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        try
        {
            string draft;
            List<string> seen;
            using (var app = new App(folder: folder))
            {
                draft = await app.OpenDraft(new { visibility = "tally" });
                await app.Lobbyist.RecordStance(draft, "NOR", "yes");
                foreach (var position in (string[])["no", "yes", "abstain", "yes"])
                {
                    await Read(app);
                    app.Clock.Jump(TimeSpan.FromHours(9));
                    await app.Lobbyist.RecordStance(draft, "NOR", position);
                    await app.Lobbyist.RecordStance(draft, "BRA", "abstain");
                }
                await Read(app);
                app.Clock.Jump(TimeSpan.FromHours(1));
                await Suspend(app, from: "2026-11-22");
                await Read(app);
                app.Clock.Jump(TimeSpan.FromHours(1));
                using var ended = await app.Coordinator.Send(HttpMethod.Delete, "/v1/member-states/NOR/ineligibility");
                ((int)ended.StatusCode).ShouldBe(204);
                await Read(app);
                // It begins with a day, and no commit.
                await Suspend(app, from: "2026-11-25");
                await Read(app);
                app.Clock.Jump(TimeSpan.FromDays(3));
                seen = Entries(await Read(app), draft);
                for (var i = 0; i < 60; i++)
                {
                    await Next(app);
                    await app.Lobbyist.RecordStance(draft, "BRA", i % 2 == 0 ? "yes" : "abstain");
                }
                seen = Entries(await Read(app), draft);
            }
            using var next = new App(folder: folder);
            next.Clock.Jump(TimeSpan.FromDays(5));
            Entries(await Read(next), draft).ShouldBe(seen);
            seen.Count.ShouldBe(68);
            seen[^8..]
                .ShouldBe([
                    "no-longer-reached 2026-11-25T05:00:00Z",
                    "reached 2026-11-23T05:00:00Z",
                    "no-longer-reached 2026-11-23T04:00:00Z",
                    "reached 2026-11-23T03:00:00Z",
                    "no-longer-reached 2026-11-22T18:00:00Z",
                    "reached 2026-11-22T09:00:00Z",
                    "no-longer-reached 2026-11-22T00:00:00Z",
                    "opened 2026-11-21T15:00:00Z",
                ]);
        }
        finally
        {
            Databases.Drop(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Suspend(App app, string from)
    {
        using var answer = await app.Coordinator.Put(
            "/v1/member-states/NOR/ineligibility",
            new { from, reason = "article-19" }
        );
        ((int)answer.StatusCode).ShouldBeInRange(200, 201);
    }
}
