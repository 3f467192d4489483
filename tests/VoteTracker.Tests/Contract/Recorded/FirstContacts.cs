using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Creates contacts and engagements.</summary>
internal static class FirstContacts
{
    public static async Task Contacts(Stage stage)
    {
        stage.Wait();
        stage.Ids["contact"] = await Made(
            stage,
            """{"memberState": "KEN", "name": "Desk", "office": "ministry", "notes": "Calls back."}"""
        );
        await stage.Json(
            "lobbyist",
            "POST",
            $"/v1/contacts/{stage.Ids["contact"]}/engagements",
            """{"kind": "call", "on": "2026-11-20", "summary": "x"}"""
        );
        await stage.Send("lobbyist", "DELETE", $"/v1/contacts/{stage.Ids["contact"]}", "If-Match: \"2\"");
        await stage.Send("lobbyist", "DELETE", $"/v1/contacts/{stage.Ids["contact"]}", "If-Match: \"1\"");
        await stage.Send("lobbyist", "DELETE", $"/v1/contacts/{stage.Ids["contact"]}", "If-Match: *");
        stage.Wait();
        var id = stage.Ids["contact"] = await Made(
            stage,
            """{"memberState": "ZAF", "name": "Legal adviser", "office": "mission", "email": "legal@mission.example"}"""
        );
        var path = $"/v1/contacts/{id}";
        await stage.Json(
            "lobbyist",
            "POST",
            "/v1/contacts",
            """{"memberState": "XXX", "name": "x", "office": "mission"}"""
        );
        foreach (
            var (body, match) in ((string, string)[])
                [
                    ("""{"title": "Counsellor", "phone": null}""", "\"1\""),
                    ("""{"title": "Counsellor"}""", "\"1\""),
                    ("""{"email": null}""", "\"2\""),
                    ("""{"name": null, "office": "palace", "email": "nowhere"}""", "*"),
                    ("{}", "*"),
                ]
        )
        {
            stage.Wait();
            await stage.Play(
                RawRequest.Json("lobbyist", "PATCH", path, body) with
                {
                    Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
                }
            );
        }
        foreach (var kind in (string[])["meeting", "call", "rumour"])
        {
            stage.Wait();
            await stage.Json(
                "lobbyist",
                "POST",
                path + "/engagements",
                $$"""{"kind": "{{kind}}", "on": "2026-11-20", "summary": "Went through the text.", "dueOn": "2026-11-24"}"""
            );
        }
    }

    private static async Task<string> Made(Stage stage, string body) =>
        JsonNode.Parse((await stage.Json("lobbyist", "POST", "/v1/contacts", body)).BodyText)![
            "id"
        ]!.GetValue<string>();
}
