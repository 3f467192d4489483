using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Records engagements, tasks, assignments, comments and views, and replaces a key.</summary>
internal static class DeskWrites
{
    private const string Stance =
        """{"position": "yes", "certainty": "likely", "reason": "Said so in the call.", "version": 1}""";

    public static async Task Play(Stage stage)
    {
        await Engagements(stage);
        await Tasks(stage);
        await Assignments(stage);
        await Comments(stage);
        await Views(stage);
        await Keys(stage);
    }

    private static async Task Engagements(Stage stage)
    {
        var made = await Made(
            stage,
            "/v1/engagements",
            $$"""
            {"memberState": "BRA", "resolution": "{{Stage.Private}}", "kind": "call", "on": "2026-11-20", "assignee": "me",
             "summary": "Went through the text.", "stance": {{Stance}}, "tasks": [{"what": "Call again", "dueOn": "2026-11-24"}]}
            """
        );
        // The same version again, a contact of another state, a demonstration without evidence.
        foreach (
            var wrong in (string[])
                [
                    $$"""{"memberState": "BRA", "resolution": "{{Stage.Private}}", "kind": "call", "on": "2026-11-20", "summary": "x", "stance": {{Stance}}}""",
                    $$"""{"memberState": "BRA", "contacts": ["{{stage.Ids["contact"]}}"], "kind": "call", "on": "1925-11-20", "summary": "x"}""",
                    $$"""{"memberState": "BRA", "contacts": ["{{stage.Ids["contact"]}}"], "kind": "call", "on": "2026-11-20", "summary": "x"}""",
                    $$"""{"memberState": "CHL", "resolution": "{{Stage.Private}}", "kind": "demonstration", "on": "2026-11-20", "summary": "x", "stance": {{Stance}}}""",
                ]
        )
        {
            await stage.Json("lobbyist", "POST", "/v1/engagements", wrong);
        }
        var path = $"/v1/engagements/{Number(made)}";
        await Patched(stage, path, """{"outcome": "Likely yes.", "confidential": true}""", "\"1\"");
        await Patched(stage, path, """{"outcome": "Yes."}""", "\"1\"");
        await stage.Json("lobbyist", "POST", $"{path}/revert", """{"version": 9}""", "If-Match: *");
        await stage.Json("lobbyist", "POST", $"{path}/revert", """{"version": 2}""", "If-Match: \"2\"");
        await stage.Get("lobbyist", "/v1/engagements?memberState=BRA&kind=call");
        await stage.Get("viewer", "/v1/engagements?assignee=me");
        await stage.Send("lobbyist", "DELETE", path, "If-Match: \"3\"");
        stage.Wait();
        stage.Engagement = Number(
            await Made(
                stage,
                "/v1/engagements",
                """{"memberState": "CHL", "kind": "letter", "on": "2026-11-19", "summary": "Sent the text."}"""
            )
        );
    }

    private static async Task Tasks(Stage stage)
    {
        var path = $"/v1/tasks/{Number(await Made(stage, "/v1/tasks", """{"what": "Write", "memberState": "CHL"}"""))}";
        await Patched(stage, path, """{"doneOn": "2026-11-21"}""", "\"1\"");
        await Patched(stage, path, """{"dueOn": "1925-11-21", "assignee": "Nobody"}""", "*");
        await Patched(stage, path, """{"assignee": "Nobody"}""", "*");
        await stage.Json("lobbyist", "POST", $"{path}/revert", """{"version": 9}""", "If-Match: *");
        await stage.Json("lobbyist", "POST", $"{path}/revert", """{"version": 2}""", "If-Match: \"2\"");
        await stage.Get("lobbyist", "/v1/tasks?status=done");
        await stage.Get("lobbyist", "/v1/tasks?status=overdue&assignee=me&dueBefore=2026-12-01");
        await stage.Send("lobbyist", "DELETE", path, "If-Match: \"3\"");
        stage.Wait();
        stage.Task = Number(
            await Made(stage, "/v1/tasks", $$"""{"what": "Call again", "engagement": {{stage.Engagement}}}""")
        );
    }

    private static async Task Assignments(Stage stage)
    {
        var path = $"/v1/resolutions/{Stage.Public}/assignments/";
        foreach (var state in (string[])["ZAF", "NOR", "KEN"])
        {
            await stage.Json("lobbyist", "PUT", path + state, """{"assignee": "me"}""", "If-None-Match: *");
        }
        await stage.Json("lobbyist", "PUT", path + "NOR", """{"assignee": "Nobody"}""", "If-Match: \"1\"");
        await stage.Json("lobbyist", "PUT", path + "NOR", """{"assignee": "me"}""", "If-Match: \"1\"");
        await stage.Send("lobbyist", "DELETE", path + "KEN", "If-Match: \"1\"");
        await stage.Send("lobbyist", "DELETE", path + "KEN", "If-Match: \"1\"");
    }

    private static async Task Comments(Stage stage)
    {
        const string path = $"/v1/resolutions/{Stage.Public}/stances/ZAF/comments";
        foreach (
            var body in (string[])
                ["""{"text": "@coordinator: <b>call</b> again"}""", """{"text": "x"}""", """{"text": " "}"""]
        )
        {
            stage.Wait();
            await stage.Json("lobbyist", "POST", path, body);
        }
        await stage.Json(
            "lobbyist",
            "POST",
            $"/v1/resolutions/{Stage.Public}/stances/PSE/comments",
            """{"text": "x"}"""
        );
        await stage.Get("lobbyist", $"{path}?limit=1");
        await stage.Get("coordinator", "/v1/mentions");
        await stage.Send("coordinator", "DELETE", $"{path}/2");
        await stage.Send("coordinator", "DELETE", $"{path}/2");
    }

    private static async Task Views(Stage stage)
    {
        const string path = "/v1/views/plan-b";
        await stage.Json("lobbyist", "PUT", path, """{"filter": "show=mine", "shared": true}""", "If-None-Match: *");
        await stage.Json("lobbyist", "PUT", path, """{"filter": "show=mine"}""", "If-None-Match: *");
        await stage.Json("lobbyist", "PUT", path, """{"filter": "show=yours&x=1"}""", "If-Match: *");
        await stage.Json("lobbyist", "PUT", "/v1/views/a%2Fb", "{}", "If-Match: *");
        await stage.Get("coordinator", $"{path}?by=lobbyist");
        await stage.Get("lobbyist", $"{path}?by=coordinator");
        await stage.Json("coordinator", "PUT", "/v1/views/other", "{}", "If-None-Match: *");
        await stage.Send("coordinator", "DELETE", "/v1/views/other", "If-Match: \"1\"");
        await stage.Send("coordinator", "DELETE", "/v1/views/other", "If-Match: \"1\"");
    }

    private static async Task Keys(Stage stage)
    {
        var made = await stage.Json("admin", "POST", "/v1/api-keys", """{"label": "Desk", "role": "viewer"}""");
        var path = $"/v1/api-keys/{JsonNode.Parse(made.BodyText)!["id"]}/rotate";
        await stage.Json("admin", "POST", path, """{"graceMinutes": -1}""");
        await stage.Json("admin", "POST", path, """{"graceMinutes": 5}""");
        await stage.Json("admin", "POST", path, "{}");
    }

    private static Task<RawResponse> Patched(Stage stage, string path, string body, string match) =>
        stage.Play(
            RawRequest.Json("lobbyist", "PATCH", path, body) with
            {
                Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
            }
        );

    private static async Task<JsonNode> Made(Stage stage, string path, string body)
    {
        var made = JsonNode.Parse((await stage.Json("lobbyist", "POST", path, body)).BodyText)!;
        made["id"].ShouldNotBeNull(made.ToJsonString());
        return made;
    }

    private static string Number(JsonNode made) => made["id"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture);
}
