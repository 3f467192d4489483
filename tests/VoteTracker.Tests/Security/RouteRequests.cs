using System.Text;

namespace VoteTracker.Tests.Security;

/// <summary>The requests of the matrix of routes and roles, and its lines of engagements, tasks, assignments, comments and views.</summary>
internal static class RouteRequests
{
    /// <summary>The lines of engagements, tasks, assignments, comments and views.</summary>
    public static readonly RoutesAndRolesTests.Line[] Desk =
    [
        new("GET", "/v1/engagements", "lobbyist", 200),
        new("POST", "/v1/engagements", "lobbyist", 400),
        new("GET", "/v1/engagements/{id}", "lobbyist", 200),
        new("PATCH", "/v1/engagements/{id}", "lobbyist", 400),
        new("DELETE", "/v1/engagements/{id}", "lobbyist", 412),
        new("GET", "/v1/engagements/{id}/history", "lobbyist", 200),
        new("POST", "/v1/engagements/{id}/revert", "lobbyist", 428),
        new("GET", "/v1/tasks", "lobbyist", 200),
        new("POST", "/v1/tasks", "lobbyist", 400),
        new("GET", "/v1/tasks/{id}", "lobbyist", 200),
        new("PATCH", "/v1/tasks/{id}", "lobbyist", 400),
        new("DELETE", "/v1/tasks/{id}", "lobbyist", 412),
        new("GET", "/v1/tasks/{id}/history", "lobbyist", 200),
        new("POST", "/v1/tasks/{id}/revert", "lobbyist", 428),
        new("GET", "/v1/team", "lobbyist", 200),
        new("GET", "/v1/resolutions/{id}/briefs/{iso3}", "viewer", 200),
        new("GET", "/v1/digest", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/assignments", "viewer", 200),
        new("GET", "/v1/resolutions/{id}/assignments/{iso3}", "viewer", 404),
        new("PUT", "/v1/resolutions/{id}/assignments/{iso3}", "lobbyist", 400),
        new("DELETE", "/v1/resolutions/{id}/assignments/{iso3}", "lobbyist", 404),
        new("POST", "/v1/resolutions/{id}/assignments/import", "lobbyist", 415),
        new("GET", "/v1/resolutions/{id}/gaps", "lobbyist", 200),
    ];

    /// <summary>The lines of sessions and vetoes. The session is `es-10`, without requests and without a vote in the Council.</summary>
    public static readonly RoutesAndRolesTests.Line[] Sessions =
    [
        new("GET", "/v1/sessions", "anonymous", 200),
        new("POST", "/v1/sessions", "coordinator", 400),
        new("GET", "/v1/sessions/{id}", "anonymous", 200),
        new("PATCH", "/v1/sessions/{id}", "coordinator", 400),
        new("GET", "/v1/sessions/{id}/convening", "anonymous", 200),
        new("GET", "/v1/sessions/{id}/requests", "anonymous", 200),
        new("GET", "/v1/sessions/{id}/requests/{iso3}", "anonymous", 404),
        new("PUT", "/v1/sessions/{id}/requests/{iso3}", "lobbyist", 400),
        new("DELETE", "/v1/sessions/{id}/requests/{iso3}", "lobbyist", 404),
        new("GET", "/v1/sessions/{id}/requests/{iso3}/history", "viewer", 200),
        new("GET", "/v1/sessions/{id}/council-vote", "anonymous", 404),
        new("PUT", "/v1/sessions/{id}/council-vote", "coordinator", 400),
        new("DELETE", "/v1/sessions/{id}/council-vote", "coordinator", 404),
        new("GET", "/v1/council-vetoes", "anonymous", 200),
        new("POST", "/v1/council-vetoes", "coordinator", 400),
        new("GET", "/v1/council-vetoes/{id}", "anonymous", 404),
        new("PATCH", "/v1/council-vetoes/{id}", "coordinator", 400),
        new("DELETE", "/v1/council-vetoes/{id}", "coordinator", 404),
    ];

    /// <summary>The lines of comments and saved views. A view without a filter is valid, so its old version is rejected.</summary>
    public static readonly RoutesAndRolesTests.Line[] Team =
    [
        new("GET", "/v1/resolutions/{id}/stances/{iso3}/comments", "lobbyist", 200),
        new("POST", "/v1/resolutions/{id}/stances/{iso3}/comments", "lobbyist", 400),
        new("DELETE", "/v1/resolutions/{id}/stances/{iso3}/comments/{comment}", "lobbyist", 404),
        new("GET", "/v1/mentions", "lobbyist", 200),
        new("GET", "/v1/views", "lobbyist", 200),
        new("GET", "/v1/views/{name}", "lobbyist", 404),
        new("PUT", "/v1/views/{name}", "lobbyist", 412),
        new("DELETE", "/v1/views/{name}", "lobbyist", 404),
    ];

    /// <summary>The lines of endorsements, acts and pressures.</summary>
    public static readonly RoutesAndRolesTests.Line[] Support =
    [
        new("GET", "/v1/endorsements", "anonymous", 200),
        new("POST", "/v1/endorsements", "lobbyist", 400),
        new("GET", "/v1/endorsements/summary", "anonymous", 200),
        new("GET", "/v1/endorsements/{id}", "anonymous", 200),
        new("PATCH", "/v1/endorsements/{id}", "lobbyist", 400),
        new("DELETE", "/v1/endorsements/{id}", "lobbyist", 412),
        new("POST", "/v1/endorsements/import", "lobbyist", 415),
        new("GET", "/v1/acts", "anonymous", 200),
        new("POST", "/v1/acts", "lobbyist", 400),
        new("GET", "/v1/acts/{id}", "anonymous", 200),
        new("PATCH", "/v1/acts/{id}", "lobbyist", 400),
        new("DELETE", "/v1/acts/{id}", "lobbyist", 412),
        new("GET", "/v1/pressures", "lobbyist", 200),
        new("POST", "/v1/pressures", "lobbyist", 400),
        new("GET", "/v1/pressures/{id}", "lobbyist", 200),
        new("PATCH", "/v1/pressures/{id}", "lobbyist", 400),
        new("DELETE", "/v1/pressures/{id}", "lobbyist", 412),
    ];

    /// <summary>The lines of the vote day. None is open; one without fields is valid, so its old version is rejected.</summary>
    public static readonly RoutesAndRolesTests.Line[] VoteDay =
    [
        new("GET", "/v1/resolutions/{id}/vote-day", "lobbyist", 404),
        new("PUT", "/v1/resolutions/{id}/vote-day", "lobbyist", 412),
        new("DELETE", "/v1/resolutions/{id}/vote-day", "coordinator", 404),
        new("PUT", "/v1/resolutions/{id}/vote-day/votes/{iso3}", "lobbyist", 400),
        new("DELETE", "/v1/resolutions/{id}/vote-day/votes/{iso3}", "lobbyist", 404),
        new("POST", "/v1/resolutions/{id}/vote-day/propose", "lobbyist", 428),
        new("POST", "/v1/resolutions/{id}/vote-day/confirm", "coordinator", 428),
        new("POST", "/v1/resolutions/{id}/vote-day/reopen", "lobbyist", 428),
        new("GET", "/vote-day/{id}", "anonymous", 200),
    ];

    /// <summary>The lines of the timetable, calendars and the feed. The resolution has no milestone.</summary>
    public static readonly RoutesAndRolesTests.Line[] Timetable =
    [
        new("GET", "/v1/resolutions/{id}/milestones", "anonymous", 200),
        new("POST", "/v1/resolutions/{id}/milestones", "coordinator", 400),
        new("GET", "/v1/resolutions/{id}/milestones/{milestone}", "anonymous", 404),
        new("PATCH", "/v1/resolutions/{id}/milestones/{milestone}", "coordinator", 400),
        new("DELETE", "/v1/resolutions/{id}/milestones/{milestone}", "coordinator", 404),
        new("GET", "/v1/resolutions/{id}/milestones/{milestone}/history", "viewer", 404),
        new("GET", "/v1/calendars", "lobbyist", 200),
        new("POST", "/v1/calendars", "lobbyist", 400),
        new("DELETE", "/v1/calendars/{id}", "lobbyist", 404),
        new("GET", "/v1/calendars/{token}.ics", "anonymous", 404),
        new("GET", "/v1/feed.atom", "anonymous", 200),
    ];

    /// <summary>The lines of share links. The secret is a wrong one.</summary>
    public static readonly RoutesAndRolesTests.Line[] Sharing =
    [
        new("GET", "/v1/resolutions/{id}/share-links", "coordinator", 200),
        new("POST", "/v1/resolutions/{id}/share-links", "coordinator", 400),
        new("DELETE", "/v1/resolutions/{id}/share-links/{linkId}", "coordinator", 404),
        new("GET", "/shared/{secret}", "anonymous", 404),
        new("GET", "/shared/{secret}/tally", "anonymous", 404),
        new("GET", "/shared/{secret}/tally.csv", "anonymous", 404),
        new("GET", "/shared/{secret}/breakdown", "anonymous", 404),
        new("GET", "/shared/{secret}/positions", "anonymous", 404),
        new("GET", "/shared/{secret}/stream", "anonymous", 404),
        new("GET", "/shared/{secret}/{picture}.svg", "anonymous", 404),
    ];

    /// <summary>The lines of webhooks. There is none, so most are a 404.</summary>
    public static readonly RoutesAndRolesTests.Line[] Webhooks =
    [
        new("GET", "/v1/webhooks", "coordinator", 200),
        new("POST", "/v1/webhooks", "coordinator", 400),
        new("GET", "/v1/webhooks/{id}", "coordinator", 404),
        new("PATCH", "/v1/webhooks/{id}", "coordinator", 400),
        new("DELETE", "/v1/webhooks/{id}", "coordinator", 404),
        new("POST", "/v1/webhooks/{id}/rotate-secret", "coordinator", 428),
        new("POST", "/v1/webhooks/{id}/test", "coordinator", 404),
        new("GET", "/v1/webhooks/{id}/deliveries", "coordinator", 404),
        new("POST", "/v1/webhooks/{id}/redeliver", "coordinator", 404),
        new("POST", "/v1/webhooks/{id}/deliveries/{delivery}/redeliver", "coordinator", 404),
    ];

    /// <summary>The address of a line, with a resource that exists.</summary>
    public static string PathOf(RoutesAndRolesTests.Line line, string draft, string contact) =>
        string.Join(
            '/',
            line.Pattern.Split('/')
                .Select(part =>
                    part switch
                    {
                        "{iso3}" => "NOR",
                        "{name}" => "plan-b",
                        "{id}" when line.Pattern.StartsWith("/v1/contacts", StringComparison.Ordinal) => contact,
                        "{id}" when line.Pattern.StartsWith("/v1/sessions", StringComparison.Ordinal) => "es-10",
                        "{id}" when line.Pattern.StartsWith("/sessions", StringComparison.Ordinal) => "es-10",
                        "{id}" when line.Pattern.StartsWith("/v1/council-vetoes", StringComparison.Ordinal) => "1",
                        "{id}" when line.Pattern.StartsWith("/v1/api-keys", StringComparison.Ordinal) => "nobody",
                        "{id}" when line.Pattern.StartsWith("/v1/engagements", StringComparison.Ordinal) => "1",
                        "{id}" when line.Pattern.StartsWith("/v1/tasks", StringComparison.Ordinal) => "1",
                        "{id}" when IsOfSupport(line.Pattern) => "1",
                        "{id}" when line.Pattern.StartsWith("/v1/calendars", StringComparison.Ordinal) =>
                            "abcdefghijkm",
                        "{id}" => draft,
                        "{id}.json" => $"{draft}.json",
                        "{chapter}" => "tally",
                        "{section}" => "stances",
                        _ => part.Replace("{format}", "json", StringComparison.Ordinal),
                    }
                )
        );

    /// <summary>Whether a route is one of endorsements, acts and pressures.</summary>
    public static bool IsOfSupport(string pattern) =>
        pattern.Split('/') is [_, "v1", "endorsements" or "acts" or "pressures", ..];

    /// <summary>Sends an empty body and an old version, so that nothing changes.</summary>
    public static async Task<HttpResponseMessage> Send(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }
        if (method is "PUT" or "PATCH" or "DELETE")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"999\"").ShouldBeTrue();
        }
        // A stream does not end, so only the headers are read.
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>What a write could have changed.</summary>
    public static async Task<string> ReadAll(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson($"/v1/resolutions/{draft}/stances/NOR")).ToJsonString()
        + (await app.Admin.GetJson("/v1/contacts")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000")).ToJsonString();
}
