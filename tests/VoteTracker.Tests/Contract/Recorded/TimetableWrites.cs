using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Records milestones and links to calendars: those that later requests use, and others that end.</summary>
internal static class TimetableWrites
{
    private const string Path = $"/v1/resolutions/{Stage.Public}/milestones";

    public static async Task Play(Stage stage)
    {
        await Milestones(stage);
        await Calendars(stage);
    }

    private static async Task Milestones(Stage stage)
    {
        var first = await Add(
            stage,
            """{"kind": "debate", "what": "Debate", "plannedOn": "2026-12-01", "note": "Ask for the list."}"""
        );
        foreach (
            var wrong in (string[])
                [
                    """{"kind": "voting", "what": "", "plannedOn": "1944-01-01", "plannedAt": "25:00"}""",
                    """{"kind": "debate", "what": "x", "plannedOn": "2027-03-14", "plannedAt": "02:30"}""",
                    """{"kind": "debate", "what": "x", "plannedOn": "2026-12-01", "doneOn": "2026-12-01"}""",
                    """{"kind": "vote", "what": "x"}""",
                ]
        )
        {
            await stage.Json("coordinator", "POST", Path, wrong);
        }
        await Patched(stage, first, """{"doneOn": "2026-11-21"}""", "\"1\"");
        await Patched(stage, first, """{"doneOn": null}""", "\"1\"");
        await Patched(stage, first, """{"kind": "vote"}""", "*");
        await stage.Get("viewer", $"{Path}/{first}/history");
        await stage.Get("anonymous", $"{Path}/{first}");
        await stage.Send("coordinator", "DELETE", $"{Path}/{first}", "If-Match: \"2\"");
        await stage.Get("viewer", $"{Path}/{first}/history");
        stage.Wait();
        stage.Milestone = await Add(
            stage,
            """{"kind": "tabled", "what": "Submitted", "plannedOn": "2026-11-20", "place": "Room 4", "public": true}"""
        );
    }

    private static async Task Calendars(Stage stage)
    {
        var ended = await Create(stage, "coordinator", """{"kind": "resolution", "resolution": "es-10-27"}""");
        await stage.Get("anonymous", AddressOf(ended));
        await stage.Send("coordinator", "DELETE", $"/v1/calendars/{ended["id"]}");
        await stage.Get("anonymous", AddressOf(ended));
        foreach (
            var body in (string[])
                [
                    $$"""{"kind": "resolution", "resolution": "{{Stage.Private}}"}""",
                    """{"kind": "personal", "resolution": "es-10-27"}""",
                    """{"kind": "team"}""",
                ]
        )
        {
            await stage.Json("coordinator", "POST", "/v1/calendars", body);
        }
        var own = await Create(stage, "lobbyist", """{"kind": "personal"}""");
        stage.Ids["calendar-secret"] = AddressOf(own).Split('/')[^1].Split('.')[0];
        await stage.Get("anonymous", AddressOf(own) + "?lang=fr");
        stage.Ids["calendar"] = (await Create(stage, "lobbyist", """{"kind": "personal"}"""))["id"]!.GetValue<string>();
    }

    private static async Task<string> Add(Stage stage, string body)
    {
        var made = JsonNode.Parse((await stage.Json("coordinator", "POST", Path, body)).BodyText)!;
        return made["id"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture);
    }

    private static Task<RawResponse> Patched(Stage stage, string milestone, string body, string match) =>
        stage.Play(
            RawRequest.Json("coordinator", "PATCH", $"{Path}/{milestone}", body) with
            {
                Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
            }
        );

    private static async Task<JsonNode> Create(Stage stage, string role, string body) =>
        JsonNode.Parse((await stage.Json(role, "POST", "/v1/calendars", body)).BodyText)!;

    private static string AddressOf(JsonNode link) => $"/v1/calendars/{link["url"]!.GetValue<string>().Split('/')[^1]}";
}
