using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>Requests that record a roll call, and parts of their responses.</summary>
internal static class RollCallRequests
{
    public static string Path(string draft) => $"/v1/resolutions/{draft}/roll-call";

    public static object Yes(string iso3, string recordedOn = "2026-11-21", string? status = null) =>
        new
        {
            recordedOn,
            status,
            votes = new[] { new { memberState = iso3, vote = "yes" } },
        };

    public static async Task<JsonNode> RecordRollCall(
        App app,
        string draft,
        object body,
        string query = "",
        int status = 201
    )
    {
        using var answer = await app.Coordinator.Put(Path(draft) + query, body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(status, json.ToJsonString());
        return json;
    }

    public static async Task<JsonArray> AllMembers(App app, string day, Func<string, int, string> vote)
    {
        var members = (await app.Anonymous.GetJson($"/v1/member-states?on={day}&limit=1000"))["items"]!.AsArray();
        members.Count.ShouldBeGreaterThan(180);
        return
        [
            .. members.Select(
                (m, i) =>
                    new JsonObject
                    {
                        ["memberState"] = m!["iso3"]!.GetValue<string>(),
                        ["vote"] = vote(m["iso3"]!.GetValue<string>(), i),
                    }
            ),
        ];
    }

    public static JsonNode Vote(JsonNode rollCall, string iso3) =>
        rollCall["votes"]!.AsArray().Single(v => v!["memberState"]!.GetValue<string>() == iso3)!;

    public static string Counts(JsonNode t) =>
        $"{t["yes"]}-{t["no"]}-{t["abstain"]}, absent {t["absent"]}, undecided {t["undecided"]}, unknown {t["unknown"]}, "
        + $"ineligible {t["ineligible"]}, eligible {t["eligible"]} of {t["members"]}";

    public static async Task<string> State(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000"))["items"]!.AsArray().Count;
}
