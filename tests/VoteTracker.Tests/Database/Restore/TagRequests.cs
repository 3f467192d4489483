using System.Net.Http.Json;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>Requests with the tag of a resource, and the writes of a campaign.</summary>
internal static class TagRequests
{
    public const string SavedView = "/v1/views/kept";
    public const string VoteDay = $"/v1/resolutions/{Seen.Draft}/vote-day";
    public const string Milestone = $"/v1/resolutions/{Seen.Draft}/milestones/1";

    public const string SessionRequest = "/v1/sessions/es-10/requests/EGY";

    public static async Task<string> Tag(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(200, path);
        return answer.ETag().ShouldNotBeNull(path);
    }

    public static Task<HttpResponseMessage> Get(HttpClient client, string path, string tag) =>
        client.Send(HttpMethod.Get, path, ifMatch: null, ifNoneMatch: tag);

    public static async Task CoSponsor(HttpClient admin, string status)
    {
        using var answer = await admin.Put(
            $"/v1/resolutions/{Seen.Draft}/co-sponsors/EGY",
            new { status, role = "main" }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public static async Task Scenario(HttpClient admin, string name, string state)
    {
        using var answer = await admin.Put(
            $"/v1/resolutions/{Seen.Draft}/scenarios/{name}",
            new { changes = new[] { new { memberState = state, position = "abstain" } } }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Creates a webhook that is disabled, so that nothing is sent. Returns its path.</summary>
    public static async Task<string> AddWebhook(HttpClient admin)
    {
        using var answer = await admin.PostAsJsonAsync(
            "/v1/webhooks",
            new
            {
                url = "https://8.8.8.8/",
                events = (string[])["stance.changed"],
                enabled = false,
            }
        );
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Location!.ToString();
    }

    public static async Task Plan(HttpClient admin)
    {
        using var answer = await admin.Send(
            HttpMethod.Post,
            $"/v1/resolutions/{Seen.Draft}/milestones",
            new
            {
                kind = "debate",
                what = "Debate of the item",
                plannedOn = "2026-12-09",
            }
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public static async Task Replan(HttpClient admin, string place)
    {
        using var answer = await admin.Patch(Milestone, $$"""{"place": "{{place}}"}""");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public static async Task Request(HttpClient admin, string requestedOn)
    {
        using var answer = await admin.Put(SessionRequest, new { requestedOn });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public static async Task View(HttpClient admin, string filter)
    {
        using var answer = await admin.Put(SavedView, new { filter });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Enters a vote of a vote day, which is opened by the first one.</summary>
    public static async Task Vote(HttpClient admin, string vote)
    {
        using var day = await admin.Put(VoteDay, new { });
        day.IsSuccessStatusCode.ShouldBeTrue(await day.Content.ReadAsStringAsync());
        using var answer = await admin.Put($"{VoteDay}/votes/KEN", new { vote });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
