using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>The routes under a contact show the same engagements as `/v1/engagements`.</summary>
[EveryEngine]
public sealed class ContactEngagementsTests
{
    [Test]
    public async Task The_contacts_route_shows_the_same_rows_with_their_first_task_as_the_next_step()
    {
        using var app = new App();
        var contact = await Contact(app);
        var path = $"/v1/contacts/{contact}/engagements";
        await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    kind = "demonstration",
                    contacts = new[] { contact },
                    tasks = new object[] { new { what = "Call again", dueOn = "2026-11-24" } },
                }
            )
        );
        await app.Lobbyist.Add(
            path,
            new
            {
                kind = "call",
                on = "2026-11-21",
                summary = "Rang.",
                nextStep = "Write",
                dueOn = "2026-11-25",
            }
        );
        await app.Lobbyist.Add(
            path,
            new
            {
                kind = "call",
                on = "2026-11-21",
                summary = "Rang again.",
                dueOn = "2026-11-26",
            }
        );
        (await app.Lobbyist.GetItems(path))
            .Select(e => (e.Int("id"), e.Text("kind"), e.Text("nextStep"), e.Text("dueOn")))
            .ShouldBe([
                (1, "demonstration", "Call again", "2026-11-24"),
                (2, "call", "Write", "2026-11-25"),
                (3, "call", null, "2026-11-26"),
            ]);
        (await app.Lobbyist.GetItems("/v1/tasks"))
            .Select(t => (t.Text("what"), t.Int("engagement"), t.Text("memberState"), t.Text("contact")))
            .ShouldBe([("Call again", 1, "NOR", contact), ("Write", 2, "NOR", contact)]);
        (await app.Lobbyist.Numbers($"/v1/engagements?contact={contact}")).ShouldBe([3, 2, 1]);
        using var done = await app.Lobbyist.Patch("/v1/tasks/2", """{"what": "Write a letter"}""");
        ((int)done.StatusCode).ShouldBe(200);
        (await app.Lobbyist.GetItems(path))[1].Text("nextStep").ShouldBe("Write a letter");
    }
}
