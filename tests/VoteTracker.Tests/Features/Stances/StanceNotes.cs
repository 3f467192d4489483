using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>Notes of stances, and the result of an import.</summary>
internal static class StanceNotes
{
    public static async Task Note(App app, string id, string iso3, string note)
    {
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/stances/{iso3}",
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "meeting",
                note,
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    public static async Task<JsonNode> Done(HttpResponseMessage answer)
    {
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }
}
