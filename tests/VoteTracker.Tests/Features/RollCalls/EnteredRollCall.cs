using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>Enters roll calls as a campaign does; members that are not named did not vote.</summary>
internal static class EnteredRollCall
{
    public static Task Enter(this App app, string id, params (string Iso3, string Vote)[] votes) =>
        app.Enter(id, "2026-11-21", votes);

    public static async Task Enter(this App app, string id, string day, params (string Iso3, string Vote)[] votes)
    {
        using var answer = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new JsonObject
            {
                ["recordedOn"] = day,
                ["votes"] = new JsonArray([
                    .. votes.Select(v => new JsonObject { ["memberState"] = v.Iso3, ["vote"] = v.Vote }),
                ]),
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
