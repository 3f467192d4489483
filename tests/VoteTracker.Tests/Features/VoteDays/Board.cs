using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>Requests of a vote day, and parts of their responses.</summary>
internal static class Board
{
    public static string Path(string draft, string more = "") => $"/v1/resolutions/{draft}/vote-day{more}";

    public static string PathOf(string draft, string iso3) => Path(draft, $"/votes/{iso3}");

    /// <summary>Opens a draft with a vote day, and returns its id.</summary>
    public static async Task<string> OpenVoteDay(this App app, object? body = null, object? fields = null)
    {
        var draft = await app.OpenDraft(fields);
        await app.Lobbyist.Opened(draft, body ?? new { });
        return draft;
    }

    /// <summary>Opens a vote day, or changes it.</summary>
    public static async Task<JsonNode> Opened(this HttpClient client, string draft, object body)
    {
        using var answer = await client.Put(Path(draft), body);
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    /// <summary>Enters votes over any version: `NOR yes`.</summary>
    public static async Task Enter(this HttpClient client, string draft, params string[] votes)
    {
        foreach (var vote in votes)
        {
            using var answer = await client.Put(PathOf(draft, vote[..3]), new { vote = vote[4..] });
            answer.IsSuccessStatusCode.ShouldBeTrue($"{vote}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Sends a POST of a vote day: `propose`, `confirm` or `reopen`. By default the version is the current one.</summary>
    public static async Task<HttpResponseMessage> Do(
        this HttpClient client,
        string draft,
        string what,
        object? body = null,
        string? ifMatch = "*"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path(draft, $"/{what}"));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
        }
        return await client.SendAsync(request);
    }

    /// <summary>The same, which succeeds.</summary>
    public static async Task<JsonNode> Done(this HttpClient client, string draft, string what, object? body = null)
    {
        using var answer = await client.Do(draft, what, body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }

    public static Task<JsonNode> VoteDay(this HttpClient client, string draft, string query = "") =>
        client.GetJson(Path(draft) + query);

    public static string[] Order(JsonNode day) =>
        [.. day["members"]!.AsArray().Select(member => member!.Text("memberState")!)];

    public static string[] Votes(JsonNode day) =>
        [.. day["votes"]!.AsArray().Select(vote => $"{vote!.Text("memberState")} {vote!["vote"] ?? "removed"}")];

    /// <summary>The count so far: `3-1-0-2 of 6, 187 remain`.</summary>
    public static string Count(JsonNode day) =>
        day["tally"] is { } t
            ? $"{t["yes"]}-{t["no"]}-{t["abstain"]}-{t["nonVoting"]} of {t["entered"]}, {t["remaining"]} remain"
            : "";

    /// <summary>Enters every vote of a recorded roll call, and returns the recorded votes.</summary>
    public static async Task<JsonArray> EnterAll(this App app, string draft, string recorded)
    {
        var votes = (await app.Anonymous.GetJson($"/v1/resolutions/{recorded}/roll-call"))["votes"]!.AsArray();
        await app.Lobbyist.Enter(draft, [.. votes.Select(v => $"{v!.Text("memberState")} {v!.Text("vote")}")]);
        return votes;
    }
}
