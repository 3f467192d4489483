using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>What opens and closes the gap of a state of which only the mission was contacted.</summary>
[EveryEngine]
public sealed class CapitalGapsTests
{
    [Test]
    public async Task A_capital_that_was_not_contacted()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        const string kind = "capital-not-contacted";
        await lobbyist.ShouldHaveNoGap(draft, kind);
        await lobbyist.Meet(draft, new { contacts = new[] { await ContactOf(lobbyist, "mission") } });
        (await lobbyist.Gap(draft, kind))
            .ShouldNotBeNull()
            .Text("detail")
            .ShouldBe("Only the mission was contacted, and its position is unknown.");
        await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "second-hand");
        await lobbyist.ShouldHaveNoGap(draft, kind);
        await lobbyist.RecordStance(draft, "NOR", "undecided", "likely", "second-hand");
        await lobbyist.ShouldHaveGap(draft, kind);
        await lobbyist.Meet(draft, new { contacts = new[] { await ContactOf(lobbyist, "ministry") } });
        await lobbyist.ShouldHaveNoGap(draft, kind);
    }

    [Test]
    public async Task A_capital_is_contacted_by_a_stance_that_names_a_person_there()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        foreach (var (office, closes) in (IEnumerable<(string, bool)>)[("mission", false), ("parliament", true)])
        {
            using var recorded = await lobbyist.Put(
                $"/v1/resolutions/{draft}/stances/NOR",
                new
                {
                    position = "undecided",
                    certainty = "likely",
                    evidence = "call",
                    contact = await ContactOf(lobbyist, office),
                }
            );
            ((int)recorded.StatusCode).ShouldBe(200);
            (await lobbyist.Gap(draft, "capital-not-contacted") is null).ShouldBe(closes, office);
        }
    }

    private static async Task<string> ContactOf(HttpClient client, string office) =>
        (
            await client.Add(
                "/v1/contacts",
                new
                {
                    memberState = "NOR",
                    name = $"Front desk of the {office}",
                    office,
                }
            )
        ).Text("id")!;
}
