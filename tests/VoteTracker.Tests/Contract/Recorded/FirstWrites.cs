using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Creates the resources that later requests address: each write with success, in an order that never changes.</summary>
internal static class FirstWrites
{
    public static async Task Play(Stage stage)
    {
        await Keys(stage);
        await Resolutions(stage);
        await FirstContacts.Contacts(stage);
        await FirstPositions.Stances(stage);
        await CoSponsors(stage);
        await Scenarios(stage);
        await FirstPositions.Ineligibility(stage);
        await FirstPositions.RollCalls(stage);
        await Import(stage);
    }

    private static async Task Keys(Stage stage)
    {
        foreach (var role in (string[])["viewer", "lobbyist", "coordinator"])
        {
            stage.Keys[role] = await Key(stage, $$"""{"label": "{{role}}", "role": "{{role}}"}""");
        }
        stage.Keys["expired"] = await Key(
            stage,
            """{"label": "expired", "role": "admin", "expiresAt": "2026-11-21T15:05:00Z"}"""
        );
        stage.Keys["revoked"] = await Key(stage, """{"label": "revoked", "role": "admin"}""");
        await stage.Send("admin", "DELETE", $"/v1/api-keys/{stage.Ids["key"]}");
        await Key(stage, """{"label": "to be revoked", "role": "viewer"}""");
        await stage.Json(
            "admin",
            "POST",
            "/v1/api-keys",
            """{"label": "late", "role": "viewer", "expiresAt": "2020-01-01T00:00:00Z"}"""
        );
    }

    private static async Task<string> Key(Stage stage, string body)
    {
        stage.Wait();
        var json = JsonNode.Parse((await stage.Json("admin", "POST", "/v1/api-keys", body)).BodyText)!;
        stage.Ids["key"] = json["id"]!.GetValue<string>();
        return json["key"]!.GetValue<string>();
    }

    private static async Task Resolutions(Stage stage)
    {
        await Open(
            stage,
            "A/ES-10/L.34",
            "\"visibility\": \"positions\", \"baseline\": \"es-10-27\", \"voteOn\": \"2026-12-01\""
        );
        await Open(stage, "A/ES-10/L.35", "\"visibility\": \"private\", \"baseline\": \"es-10-26\"");
        await Open(stage, "A/ES-10/L.36", "\"visibility\": \"tally\", \"baseline\": \"es-10-27\"");
        await Open(stage, "A/ES-10/L.37", "\"visibility\": \"positions\", \"parent\": \"es-10-l-34\"", "amendment");
        await Open(stage, "A/ES-10/L.38", "\"visibility\": \"positions\", \"baseline\": \"es-10-26\"");
        await Open(stage, "A/ES-10/L.39", "\"visibility\": \"private\"");
        await Open(stage, "A/ES-10/L.40", "\"visibility\": \"private\", \"parent\": \"es-10-l-34\"", "motion");
        // Each of the conflicts and errors that only the database detects.
        await Open(stage, "A/ES-10/L.34", "\"visibility\": \"private\"");
        await Open(stage, "A/ES-10/L.41", "\"id\": \"itself\", \"parent\": \"itself\"");
        await Open(
            stage,
            "A/ES-10/L.41",
            "\"parent\": \"nothing\", \"baseline\": \"nothing\", \"voteOn\": \"1990-01-01\""
        );
        await Open(stage, "A/ES-10/L.41", "\"baseline\": \"es-10-l-34\", \"rule\": \"not-recorded\"");
        await Open(stage, "A/ES-10/L.41", "\"rule\": \"two-thirds\"", "motion");
        await Open(stage, "A/ES-10/L.41", "\"parent\": \"es-10-l-34\", \"rule\": \"simple-majority\"", "paragraph");
        await Open(stage, "---", "\"visibility\": \"private\"");
        await stage.Json(
            "coordinator",
            "POST",
            "/v1/resolutions",
            """{"symbol": "A/1", "title": "x", "kind": "draft", "session": "es-99"}"""
        );
        foreach (
            var (body, match) in ((string, string)[])
                [
                    ("""{"status": "tabled", "voteOn": "2026-12-01"}""", "\"1\""),
                    ("""{"title": "Another title"}""", "\"1\""),
                    ("""{"voteOn": null}""", "*"),
                    ("""{"status": "adopted"}""", "*"),
                    ("""{"parent": "es-10-l-36"}""", "*"),
                    ("""{"symbol": null, "title": null, "kind": null}""", "*"),
                    ("""{"session": "es-11", "id": "x", "version": 3}""", "*"),
                    ("""{"visibility": "private", "order": 0}""", "*"),
                ]
        )
        {
            stage.Wait();
            await stage.Play(
                RawRequest.Json("coordinator", "PATCH", $"/v1/resolutions/{Stage.TallyOnly}", body) with
                {
                    Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
                }
            );
        }
        await stage.Json(
            "coordinator",
            "PATCH",
            $"/v1/resolutions/{Stage.Adopted}",
            """{"title": "x"}""",
            "If-Match: *"
        );
        await stage.Json(
            "coordinator",
            "PATCH",
            "/v1/resolutions/es-10-l-34",
            """{"parent": "es-10-l-37"}""",
            "If-Match: *"
        );
    }

    private static async Task Open(Stage stage, string symbol, string fields, string kind = "draft")
    {
        stage.Wait();
        var body =
            $$"""{"symbol": "{{symbol}}", "title": "A text", "session": "es-10", "kind": "{{kind}}", {{fields}}}""";
        await stage.Json("coordinator", "POST", "/v1/resolutions", body);
    }

    private static async Task CoSponsors(Stage stage)
    {
        var path = $"/v1/resolutions/{Stage.Public}/co-sponsors";
        foreach (
            var (iso3, body, condition) in ((string, string, string)[])
                [
                    ("NOR", """{"status": "signed", "role": "main", "since": "2026-11-20"}""", "If-None-Match: *"),
                    ("NOR", """{"status": "signed", "role": "main"}""", "If-None-Match: *"),
                    ("NOR", """{"status": "signed", "role": "additional", "note": "x"}""", "If-Match: \"1\""),
                    ("PSE", """{"status": "wanted", "role": "additional"}""", "If-None-Match: *"),
                    (
                        "ZAF",
                        """{"status": "withdrawn", "role": "main", "since": "2026-11-01", "withdrawnOn": "2026-11-10"}""",
                        "If-Match: *"
                    ),
                    (
                        "ZAF",
                        """{"status": "signed", "role": "main", "since": "2026-11-20", "withdrawnOn": "2026-11-10"}""",
                        "If-Match: *"
                    ),
                    ("XXX", """{"status": "signed", "role": "main"}""", "If-Match: *"),
                ]
        )
        {
            stage.Wait();
            await stage.Json("lobbyist", "PUT", $"{path}/{iso3}", body, condition);
        }
        await stage.Send("lobbyist", "DELETE", $"{path}/ZAF", "If-Match: \"1\"");
        await stage.Send("lobbyist", "DELETE", $"{path}/ZAF", "If-Match: \"1\"");
    }

    private static async Task Scenarios(Stage stage)
    {
        var path = $"/v1/resolutions/{Stage.Public}/scenarios";
        foreach (
            var body in (string[])
                [
                    """{"changes": [{"memberState": "ZAF", "position": "yes"}]}""",
                    """{"changes": [{"group": "nam", "position": "no", "certainty": "likely"}, {"rule": "simple-majority"}]}""",
                    """{"changes": [{"memberState": "KEN", "eligible": false}]}""",
                    """{"changes": []}""",
                    """{"changes": [null, {}, {"memberState": "ZAF", "group": "nam"}, {"memberState": "XXX", "position": "no"}]}""",
                    """{"changes": [{"memberState": "VAT", "position": "no"}, {"group": "nothing", "position": "no"}]}""",
                    """{"changes": [{"rule": "not-recorded"}, {"rule": "two-thirds"}]}""",
                    """{"changes": [{"memberState": "ZAF", "position": "maybe", "eligible": 1}, 7, "x"]}""",
                ]
        )
        {
            stage.Wait();
            await stage.Json("viewer", "POST", path, body);
            await stage.Json("lobbyist", "PUT", path + "/plan-c", body, "If-Match: *");
        }
        await stage.Json(
            "lobbyist",
            "PUT",
            path + "/plan-b",
            """{"changes": [{"memberState": "ZAF", "position": "yes"}]}""",
            "If-None-Match: *"
        );
        await stage.Json(
            "lobbyist",
            "PUT",
            path + "/plan-b",
            """{"changes": [{"memberState": "ZAF", "position": "no"}]}""",
            "If-Match: \"1\""
        );
        await stage.Json(
            "lobbyist",
            "PUT",
            path + "/Plan%20B",
            """{"changes": [{"memberState": "ZAF", "position": "no"}]}""",
            "If-Match: *"
        );
        await stage.Send("lobbyist", "DELETE", path + "/plan-c", "If-Match: *");
        await stage.Send("lobbyist", "DELETE", path + "/plan-c", "If-Match: *");
        await stage.Json(
            "viewer",
            "POST",
            $"/v1/resolutions/{Stage.Adopted}/scenarios",
            """{"changes": [{"memberState": "ZAF", "position": "yes"}]}"""
        );
    }

    private static async Task Import(Stage stage)
    {
        stage.Wait();
        var file = new VotingFile().Only("A/RES/78/7");
        var response = await stage.Play(
            new RawRequest("coordinator", "POST", "/v1/imports/roll-calls")
            {
                Headers = ["Content-Type: text/csv"],
                Body = file.Bytes,
            }
        );
        stage.Ids["import"] = JsonNode.Parse(response.BodyText)!["id"]!.GetValue<string>();
        await stage.Ended(stage.Ids["import"]);
        await stage.Get("coordinator", $"/v1/imports/{stage.Ids["import"]}");
    }
}
