using VoteTracker.Tests.Features.Record;

namespace VoteTracker.Tests.Features.Sessions;

/// <summary>The sessions and the votes of the Council in newer reference data.</summary>
[EveryEngine]
public sealed class NewerSessionsTests
{
    [Test]
    public async Task Newer_data_correct_a_session_and_a_vote_and_raise_the_version()
    {
        using var places = new FactsFolder();
        places.Start();
        places.Newer();
        places.Change("sessions.csv", "The situation in Hungary", "Another subject");
        places.Change("council-votes.csv", "10,1,0", "9,1,1");
        places.Append("council-votes.csv", "es-5,1967-06-16,S/1,9,6,0");
        using var app = places.App();
        var session = await app.Anonymous.GetJson("/v1/sessions/es-2");
        (session.Text("subject"), session.Int("version")).ShouldBe(("Another subject", 3));
        var vote = await app.Anonymous.GetJson("/v1/sessions/es-2/council-vote");
        (vote["totals"]!.Int("yes"), vote.Int("version")).ShouldBe((9, 3));
        (await app.Anonymous.GetJson("/v1/sessions/es-1")).Int("version").ShouldBe(1);
        (await app.Anonymous.GetJson("/v1/sessions/es-5/convening")).Text("metBy").ShouldBe("council");
    }

    [Test]
    public async Task Newer_data_leave_what_a_user_changed_or_deleted()
    {
        using var places = new FactsFolder();
        using (var before = places.App())
        {
            await before.Coordinator.Patched("/v1/sessions/es-2", """{"subject": "Of the campaign"}""");
            using var vote = await before.Coordinator.Put(
                "/v1/sessions/es-1/council-vote",
                new
                {
                    on = "1956-10-31",
                    document = "S/3721",
                    totals = new
                    {
                        yes = 8,
                        no = 2,
                        abstain = 1,
                    },
                }
            );
            vote.EnsureSuccessStatusCode();
            using var deleted = await before.Coordinator.Send(HttpMethod.Delete, "/v1/sessions/es-3/council-vote");
            deleted.EnsureSuccessStatusCode();
        }
        places.Newer();
        places.Change("sessions.csv", "The situation in Hungary", "Another subject");
        using var app = places.App();
        (await app.Anonymous.GetJson("/v1/sessions/es-2")).Text("subject").ShouldBe("Of the campaign");
        (await app.Anonymous.GetJson("/v1/sessions/es-1/council-vote"))["totals"]!.Int("yes").ShouldBe(8);
        using var gone = await app.Anonymous.GetAsync("/v1/sessions/es-3/council-vote");
        await gone.ShouldBeProblem(404);
        (await app.Anonymous.GetJson("/v1/sessions/es-3/convening"))["council"]!.IntOrNull("votes").ShouldBeNull();
    }
}
