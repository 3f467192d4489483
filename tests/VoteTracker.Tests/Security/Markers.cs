using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Milestones;
using VoteTracker.Tests.Features.Stances;

namespace VoteTracker.Tests.Security;

/// <summary>A marker word in each free text, and requests that write them everywhere.</summary>
internal static class Markers
{
    public const string Note = "Quokkanote";
    public const string Contact = "Quokkacontact";
    public const string Any = "Quokka";

    /// <summary>Marks every free text of one resolution and one member.</summary>
    public static async Task<(string Draft, string Contact)> WriteEverywhere(App app, string visibility)
    {
        var draft = await app.OpenDraft(new { visibility });
        using var added = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = Contact + "name",
                title = Contact + "title",
                office = "mission",
                email = Contact + "email@example.org",
                phone = Contact + "phone",
                languages = Contact + "languages",
                notes = Contact + "notes",
            }
        );
        var contact = (await Created(added))["id"]!.GetValue<string>();
        using var logged = await app.Lobbyist.PostAsJsonAsync(
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = Contact + "summary",
                outcome = Contact + "outcome",
                nextStep = Contact + "nextStep",
            }
        );
        await Created(logged);
        using var stance = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "call",
                evidenceUrl = $"https://example.org/{Note}evidenceUrl",
                note = Note + "note",
                reason = Note + "reason",
                contact,
            }
        );
        await Created(stance);
        using var import = await StanceImports.Import(
            app,
            draft,
            $"iso3,position,certainty,evidence,note,contact,reason\nSWE,no,likely,call,{Note}note,{contact},{Note}reason\n"
        );
        await Created(import);
        using var coSponsor = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new
            {
                status = "signed",
                role = "main",
                note = Note + "coSponsorNote",
            }
        );
        await Created(coSponsor);
        using var entered = await app.Coordinator.Send(
            HttpMethod.Put,
            "/v1/member-states/NOR/ineligibility",
            new
            {
                from = "2026-11-25",
                reason = "other",
                note = Note + "ineligibilityNote",
            }
        );
        await Created(entered);
        using var comment = await app.Lobbyist.PostAsJsonAsync(
            $"/v1/resolutions/{draft}/stances/NOR/comments",
            new { text = $"@lobbyist {Contact}comment" }
        );
        await Created(comment);
        using var endorsement = await app.Lobbyist.PostAsJsonAsync(
            "/v1/endorsements",
            new
            {
                organisation = Note + "organisation",
                memberState = "NOR",
                url = $"https://example.org/{Note}organisationUrl",
                @public = false,
            }
        );
        await Created(endorsement);
        using var pressure = await app.Lobbyist.PostAsJsonAsync(
            "/v1/pressures",
            new
            {
                memberState = "NOR",
                from = Contact + "from",
                kind = "other",
                towards = "abstain",
                level = "low",
                note = Contact + "pressureNote",
            }
        );
        await Created(pressure);
        using var view = await app.Lobbyist.Put("/v1/views/plan-b", new { filter = $"q={Contact}view", shared = true });
        await Created(view);
        await app.Plan(
            draft,
            new
            {
                what = Note + "step",
                place = Note + "place",
                note = Contact + "note",
            }
        );
        await app.Plan(draft, new { note = Contact + "note", @public = true });
        return (draft, contact);
    }

    public static async Task<JsonNode> Created(HttpResponseMessage answer)
    {
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    public static void LogShouldHaveNoMarker(App app, string requested)
    {
        app.Log.ShouldContain(line => line.Contains(requested, StringComparison.Ordinal));
        app.Log.ShouldNotContain(line => line.Contains(Any, StringComparison.OrdinalIgnoreCase));
    }
}
