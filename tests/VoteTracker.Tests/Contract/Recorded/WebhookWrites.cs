using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Creates webhooks: the one that later requests use, and one that is deleted. Nothing listens at their address.</summary>
internal static class WebhookWrites
{
    private const string Path = "/v1/webhooks";

    public static async Task Play(Stage stage)
    {
        foreach (
            var wrong in (string[])
                [
                    """{"url": "https://127.0.0.2/", "events": ["stance.changed"]}""",
                    """{"url": "http://127.0.0.1:9/", "events": ["stance.removed"], "resolution": "es-99-l-1"}""",
                    """{"url": "http://a:b@127.0.0.1:9/", "events": []}""",
                ]
        )
        {
            await stage.Json("coordinator", "POST", Path, wrong);
        }
        var first = await Create(
            stage,
            """{"url": "http://127.0.0.1:9/", "events": ["stance.changed", "task.overdue"]}"""
        );
        var path = $"{Path}/{first}";
        stage.Wait();
        await Patched(stage, path, $$"""{"resolution": "{{Stage.Public}}", "format": "text"}""", "\"1\"");
        await Patched(stage, path, """{"enabled": false}""", "\"1\"");
        await Patched(stage, path, """{"enabled": false}""", "\"2\"");
        await stage.Send("coordinator", "POST", $"{path}/test");
        await stage.Json("coordinator", "POST", $"{path}/rotate-secret", """{"overlapHours": 1}""", "If-Match: \"3\"");
        await stage.Json("coordinator", "POST", $"{path}/rotate-secret", "{}", "If-Match: \"3\"");
        await stage.Json("coordinator", "POST", $"{path}/redeliver", "{}");
        await stage.Send("coordinator", "DELETE", path, "If-Match: \"4\"");
        await stage.Send("coordinator", "DELETE", path, "If-Match: \"4\"");
        var second = await Create(stage, """{"url": "http://127.0.0.1:9/", "events": ["stance.changed"]}""");
        stage.Ids["webhook"] = second;
        path = $"{Path}/{second}";
        await stage.Send("coordinator", "POST", $"{path}/test");
        await stage.Get("coordinator", $"{path}/deliveries?status=failed&limit=1");
        await stage.Get("coordinator", $"{path}/deliveries?status=pending");
        await stage.Json("coordinator", "POST", $"{path}/rotate-secret", """{"overlapHours": 2}""", "If-Match: \"1\"");
        await stage.Send("coordinator", "POST", $"{path}/deliveries/2/redeliver");
        await stage.Send("coordinator", "POST", $"{path}/deliveries/9/redeliver");
        await stage.Json("coordinator", "POST", $"{path}/redeliver", """{"since": "2030-01-01T00:00:00Z"}""");
        await stage.Json("coordinator", "POST", $"{path}/redeliver", """{"since": "2026-11-01T00:00:00Z"}""");
    }

    private static Task Patched(Stage stage, string path, string body, string match) =>
        stage.Play(
            RawRequest.Json("coordinator", "PATCH", path, body) with
            {
                Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
            }
        );

    private static async Task<string> Create(Stage stage, string body)
    {
        var made = await stage.Json("coordinator", "POST", Path, body);
        return JsonNode.Parse(made.BodyText)!["id"]!.GetValue<string>();
    }
}
