using System.Text;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Security.Markers;

namespace VoteTracker.Tests.Security;

/// <summary>The content of a request is in no error and no log; a conflict shows contacts only to roles that may read them.</summary>
public sealed class ErrorMarkersTests
{
    private const string Sent = "Quokkasent";

    [Test]
    public async Task The_content_of_a_request_is_in_no_error_and_no_log()
    {
        using var app = new App(settings: KeyRequests.LogsEverything);
        var (draft, contact) = await WriteEverywhere(app, "positions");
        var closed = await app.OpenDraft(new { status = "withdrawn", visibility = "tally" }, "A/ES-10/L.35");
        app.Log.Clear();
        var resolution = $"/v1/resolutions/{draft}";
        var stance = new JsonObject
        {
            ["position"] = "yes",
            ["certainty"] = "confirmed",
            ["evidence"] = "meeting",
            ["evidenceUrl"] = $"https://example.org/{Sent}",
            ["note"] = Sent,
            ["reason"] = Sent,
        };
        var coSponsor = new JsonObject
        {
            ["status"] = "signed",
            ["role"] = "main",
            ["note"] = Sent,
        };
        var person = new JsonObject
        {
            ["memberState"] = "NOR",
            ["name"] = Sent,
            ["title"] = Sent,
            ["office"] = "mission",
            ["email"] = $"{Sent}@example.org",
            ["phone"] = Sent,
            ["languages"] = Sent,
            ["notes"] = Sent,
        };
        var talk = new JsonObject
        {
            ["kind"] = "call",
            ["on"] = "2026-11-20",
            ["summary"] = Sent,
            ["outcome"] = Sent,
            ["nextStep"] = Sent,
        };
        var ineligibility = new JsonObject
        {
            ["from"] = "2026-11-20",
            ["reason"] = "other",
            ["note"] = Sent,
        };
        (HttpMethod Method, string Path, JsonObject Body, string Wrong)[] writes =
        [
            (HttpMethod.Put, $"{resolution}/stances/SWE", stance, "position"),
            (HttpMethod.Put, $"{resolution}/co-sponsors/SWE", coSponsor, "status"),
            (HttpMethod.Post, "/v1/contacts", person, "office"),
            (HttpMethod.Patch, $"/v1/contacts/{contact}", person, "office"),
            (HttpMethod.Post, $"/v1/contacts/{contact}/engagements", talk, "kind"),
            (HttpMethod.Put, "/v1/member-states/SWE/ineligibility", ineligibility, "reason"),
        ];
        var statuses = new HashSet<int>();
        foreach (var (method, path, body, wrong) in writes)
        {
            var good = body.ToJsonString();
            var bad = (JsonObject)body.DeepClone();
            bad[wrong] = 7;
            foreach (
                var json in (string[])
                    [
                        bad.ToJsonString(),
                        good[..^2],
                        $"[{good}]",
                        $"{{\"{wrong}\":\"{Sent}\",\"{wrong}\":\"{Sent}\",{good[1..]}",
                        good.Replace($"\"{Sent}\"", $"\"{Sent}\\u0000\"", StringComparison.Ordinal),
                        good.Replace($"\"{Sent}\"", $"[\"{Sent}\"]", StringComparison.Ordinal),
                        good.Replace($"\"{Sent}\"", $"\"{new string('x', 5_000)}{Sent}\"", StringComparison.Ordinal),
                    ]
            )
            {
                await Refused(app.Coordinator, method, path, json, 400);
            }
            await Refused(app.Coordinator, method, path, good, 415, contentType: "text/plain");
            await Refused(app.Coordinator, method, path, good + new string(' ', 1_100_000), 413);
            await Refused(app.Anonymous, method, path, good, 401);
            await Refused(app.Viewer, method, path, good, 403);
            if (method != HttpMethod.Post && !path.EndsWith("ineligibility", StringComparison.Ordinal))
            {
                await Refused(app.Coordinator, method, path, good, 428, ifMatch: null);
                await Refused(app.Coordinator, method, path, good, 412, ifMatch: "\"999\"");
            }
            if (path.Contains(draft, StringComparison.Ordinal))
            {
                var elsewhere = path.Replace(draft, "nowhere", StringComparison.Ordinal);
                await Refused(app.Coordinator, method, elsewhere, good, 404);
            }
            if (path.Contains(contact, StringComparison.Ordinal))
            {
                var elsewhere = path.Replace(contact, "nobody", StringComparison.Ordinal);
                await Refused(app.Coordinator, method, elsewhere, good, 404);
            }
        }
        await Refused(
            app.Lobbyist,
            HttpMethod.Put,
            $"/v1/resolutions/{closed}/stances/SWE",
            stance.ToJsonString(),
            409
        );
        statuses.ShouldBeInAnyOrder([400, 401, 403, 404, 409, 412, 413, 415, 428]);
        LogShouldHaveNoMarker(app, $"/v1/resolutions/{draft}");

        async Task Refused(
            HttpClient client,
            HttpMethod method,
            string path,
            string json,
            int status,
            string contentType = "application/json",
            string? ifMatch = "*"
        )
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = new StringContent(json, Encoding.UTF8, contentType),
            };
            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
            }
            using var answer = await client.SendAsync(request);
            var problem = await answer.ShouldBeProblem(status);
            problem.ToJsonString().ShouldNotContain(Sent, customMessage: $"{method} {path} {status}");
            statuses.Add(status);
        }
    }

    [Test]
    public async Task A_conflict_shows_the_contact_of_the_current_stance_only_to_lobbyists()
    {
        using var app = new App();
        var (draft, contact) = await WriteEverywhere(app, "positions");
        foreach (
            var path in (string[])
                [
                    $"/v1/resolutions/{draft}/stances/NOR",
                    $"/v1/resolutions/{draft}/co-sponsors/NOR",
                    $"/v1/contacts/{contact}",
                ]
        )
        {
            foreach (var (client, status) in ((HttpClient, int)[])[(app.Anonymous, 401), (app.Viewer, 403)])
            {
                using var refused = await client.Send(HttpMethod.Delete, path, ifMatch: "\"999\"");
                (await refused.ShouldBeProblem(status)).ToJsonString().ShouldNotContain(Any);
            }
            using var conflict = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"999\"");
            (await conflict.ShouldBeProblem(412))["current"]!.ToJsonString().ShouldContain(Any);
        }
    }
}
