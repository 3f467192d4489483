using System.Net.Http.Headers;
using System.Text;
using VoteTracker.Tests.Features.Milestones;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>A draft with every position and certainty, co-sponsors, an amendment, and changes since yesterday.</summary>
internal static class SampleDraft
{
    public const string Id = "es-10-l-34";

    private static readonly string[] Certainties = ["confirmed", "likely", "leaning"];

    /// <summary>
    /// Opens the draft. Its title is neutral, and no position is that of a real vote: they follow the alphabet.
    /// </summary>
    public static async Task Open(App app)
    {
        using var coordinator = app.Coordinator;
        var id = await coordinator.OpenDraft(
            new { title = "A sample draft on emergency sessions", visibility = "positions" }
        );
        id.ShouldBe(Id);
        await coordinator.OpenDraft(
            new
            {
                title = "An amendment to the sample draft",
                kind = "amendment",
                parent = Id,
                visibility = "positions",
            },
            "A/ES-10/L.35"
        );
        var members = (await coordinator.GetJson("/v1/member-states"))["items"]!
            .AsArray()
            .Select(m => m!["iso3"]!.GetValue<string>())
            .ToList();
        members.Count.ShouldBeGreaterThan(190);
        await Import(coordinator, members.Select((iso3, i) => (iso3, Position(i), Certainties[i % 3])));
        foreach (
            var (iso3, status, role) in new[]
            {
                (members[0], "signed", "main"),
                (members[5], "committed", "additional"),
                (members[9], "wanted", "additional"),
            }
        )
        {
            using var answer = await coordinator.Put($"/v1/resolutions/{Id}/co-sponsors/{iso3}", new { status, role });
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }
        await app.Plan(
            Id,
            new
            {
                what = "Debate of the item in the plenary",
                plannedAt = "10:00",
                place = "General Assembly Hall",
                @public = true,
            }
        );
        await app.Plan(
            Id,
            new
            {
                kind = "tabled",
                what = "Submit the draft",
                plannedOn = "2026-11-20",
            }
        );
        app.Clock.Jump(TimeSpan.FromHours(20));
        await Import(
            coordinator,
            [(members[1], "yes", "confirmed"), (members[7], "no", "likely"), (members[30], "unknown", "")]
        );
    }

    private static string Position(int i) =>
        (i % 20) switch
        {
            < 8 => "yes",
            < 12 => "no",
            < 15 => "abstain",
            < 16 => "absent",
            < 17 => "undecided",
            _ => "unknown",
        };

    private static async Task Import(
        HttpClient coordinator,
        IEnumerable<(string Iso3, string Position, string Certainty)> stances
    )
    {
        var sheet = new StringBuilder("iso3,position,certainty,evidence\n");
        foreach (var (iso3, position, certainty) in stances)
        {
            sheet.Append(position == "unknown" ? $"{iso3},unknown,,\n" : $"{iso3},{position},{certainty},meeting\n");
        }
        using var body = new StringContent(sheet.ToString());
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await coordinator.PostAsync($"/v1/resolutions/{Id}/stances/import", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
