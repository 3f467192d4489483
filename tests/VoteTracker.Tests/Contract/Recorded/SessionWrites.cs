namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Adds and convenes sessions, and records requests, votes of the Council and vetoes.</summary>
internal static class SessionWrites
{
    private const string Path = "/v1/sessions/es-12";

    private const string Totals =
        """{"on": "2026-11-20", "document": "S/2026/1", "totals": {"yes": 8, "no": 2, "abstain": 5}}""";

    public static async Task Play(Stage stage)
    {
        await Sessions(stage);
        await Requests(stage);
        await Votes(stage);
        await Vetoes(stage);
        await Patched(stage, Path, """{"status": "convened", "openedOn": "2026-11-20"}""", "*");
        await stage.Get("anonymous", Path);
        await stage.Get("anonymous", $"{Path}/requests");
        await stage.Get("anonymous", $"{Path}/convening?lang=ar");
        // Later requests read these.
        await stage.Json(
            "lobbyist",
            "PUT",
            "/v1/sessions/es-11/requests/ZAF",
            """{"requestedOn": "2022-02-25", "note": "By letter"}""",
            "If-None-Match: *"
        );
    }

    private static async Task Sessions(Stage stage)
    {
        foreach (
            var body in (string[])
                [
                    """{"id": "es-12", "kind": "new-emergency-session", "subject": "A question"}""",
                    """{"id": "es-12", "kind": "new-emergency-session", "subject": "A question"}""",
                    """{"id": "es-99", "kind": "new-emergency-session", "subject": "A question"}""",
                    """{"id": "es-10-2026", "kind": "resumption", "subject": "A question", "authority": "A/RES/ES-10/27"}""",
                    """{"id": "es-9-2026", "kind": "resumption", "subject": "A question"}""",
                    """{"id": "s-33", "kind": "special", "subject": ""}""",
                    """{"id": "82", "kind": "regular", "subject": "The 82nd session"}""",
                ]
        )
        {
            stage.Wait();
            await stage.Json("coordinator", "POST", "/v1/sessions", body);
        }
        await stage.Get("anonymous", Path);
        await stage.Get("viewer", "/v1/sessions?status=requested");
        await Patched(stage, Path, """{"subject": "Another question"}""", "\"1\"");
        await Patched(stage, Path, """{"subject": "Another question"}""", "\"1\"");
        await Patched(stage, Path, """{"status": "convened", "openedOn": "2026-12-01", "number": 13}""", "*");
        await stage.Get("viewer", "/v1/sessions/es-10-2026/convening");
    }

    private static async Task Requests(Stage stage)
    {
        foreach (var state in (string[])["ZAF", "NOR", "KEN", "PSE", "SUN"])
        {
            stage.Wait();
            await stage.Json(
                "lobbyist",
                "PUT",
                $"{Path}/requests/{state}",
                """{"requestedOn": "2026-11-20", "document": "A/ES-12/1", "note": "By letter"}""",
                "If-None-Match: *"
            );
        }
        await stage.Json(
            "lobbyist",
            "PUT",
            $"{Path}/requests/ZAF",
            """{"requestedOn": "2026-11-20"}""",
            "If-None-Match: *"
        );
        await stage.Json("lobbyist", "PUT", $"{Path}/requests/ZAF", """{"requestedOn": "2027-01-01"}""", "If-Match: *");
        await stage.Json(
            "lobbyist",
            "PUT",
            "/v1/sessions/81/requests/ZAF",
            """{"requestedOn": "2026-11-20"}""",
            "If-Match: *"
        );
        await stage.Send("lobbyist", "DELETE", $"{Path}/requests/KEN", "If-Match: \"1\"");
        await stage.Send("lobbyist", "DELETE", $"{Path}/requests/KEN", "If-Match: *");
        await stage.Send("lobbyist", "DELETE", $"{Path}/requests/KEN", "If-Match: *");
        await stage.Get("viewer", $"{Path}/requests?limit=1");
        await stage.Get("viewer", $"{Path}/requests/KEN/history");
        await stage.Get("viewer", $"{Path}/convening");
    }

    private static async Task Votes(Stage stage)
    {
        foreach (
            var body in (string[])
                [
                    Totals,
                    """{"on": "2026-11-20", "document": "S/2026/1"}""",
                    """{"on": "2026-11-20", "document": "S/2026/1", "totals": {"yes": 9, "no": 5, "abstain": 2}}""",
                    """{"on": "2026-11-20", "document": "S/2026/1", "votes": [{"memberState": "VAT", "vote": "yes"}]}""",
                ]
        )
        {
            stage.Wait();
            await stage.Json("coordinator", "PUT", $"{Path}/council-vote", body, "If-Match: *");
        }
        await stage.Json("coordinator", "PUT", "/v1/sessions/81/council-vote", Totals, "If-Match: *");
        await stage.Send("coordinator", "DELETE", $"{Path}/council-vote", "If-Match: *");
        await stage.Send("coordinator", "DELETE", $"{Path}/council-vote", "If-Match: *");
    }

    private static async Task Vetoes(Stage stage)
    {
        const string path = "/v1/council-vetoes";
        foreach (
            var body in (string[])
                [
                    """{"draft": "S/2022/155", "on": "2022-02-25", "subject": "A question", "against": ["RUS"], "session": "es-11"}""",
                    """{"draft": "S/2022/155", "on": "2022-02-25", "subject": "A question", "against": ["RUS"]}""",
                    """{"draft": "S/2022/155", "on": "2022-02-25", "subject": "A question", "against": ["NOR"], "session": "es-99"}""",
                    """{"draft": "S/2026/1", "on": "2026-11-19", "subject": "A question", "against": ["FRA"], "session": "es-12"}""",
                ]
        )
        {
            stage.Wait();
            await stage.Json("coordinator", "POST", path, body);
        }
        await stage.Get("anonymous", $"{path}/2");
        await stage.Get("viewer", $"{path}?memberState=FRA&session=es-12");
        await Patched(stage, $"{path}/2", """{"subject": "Another question"}""", "\"1\"");
        await Patched(stage, $"{path}/2", """{"against": []}""", "*");
        await stage.Send("coordinator", "DELETE", $"{path}/2", "If-Match: \"1\"");
        await stage.Send("coordinator", "DELETE", $"{path}/2", "If-Match: \"2\"");
    }

    private static Task<RawResponse> Patched(Stage stage, string path, string body, string match) =>
        stage.Play(
            RawRequest.Json("coordinator", "PATCH", path, body) with
            {
                Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
            }
        );
}
