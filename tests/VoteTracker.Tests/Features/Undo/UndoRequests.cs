using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>Requests that undo, and what they are compared with.</summary>
internal static class UndoRequests
{
    /// <summary>The columns of an export that a revert of an import changes, in the rows that it restores.</summary>
    public static readonly string[] ChangedColumns = ["version", "changed_by", "changed_at"];

    public static string StanceOf(string id, string iso3) => $"/v1/resolutions/{id}/stances/{iso3}";

    /// <summary>Restores a version of a stance.</summary>
    public static Task<HttpResponseMessage> RevertStance(
        this HttpClient client,
        string id,
        string iso3,
        object body,
        string? ifMatch = "*"
    ) => client.Send(HttpMethod.Post, $"{StanceOf(id, iso3)}/revert", body, ifMatch);

    /// <summary>Reverts an import of stances.</summary>
    public static Task<HttpResponseMessage> RevertImport(
        this HttpClient client,
        string id,
        string? importId,
        string query = ""
    ) => client.Send(HttpMethod.Post, $"/v1/resolutions/{id}/stances/imports/{importId}/revert{query}", ifMatch: null);

    /// <summary>The body of a response with status 200.</summary>
    public static async Task<JsonNode> Done(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The codes of the states in a list.</summary>
    public static IReadOnlyList<string> States(this JsonNode json, string list) =>
        [.. json.Field(list)!.AsArray().Select(item => item!.Text("memberState")!)];

    /// <summary>The tally without its version and its moment.</summary>
    public static async Task<string> Tally(App app, string id, DateTimeOffset? asOf = null)
    {
        var query = asOf is { } moment ? $"?asOf={moment.Iso()}" : "";
        var tally = (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally{query}")).AsObject();
        tally.Remove("version");
        tally.Remove("asOf");
        return tally.ToJsonString();
    }
}
