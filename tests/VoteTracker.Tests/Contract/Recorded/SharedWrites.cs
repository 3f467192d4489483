using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Creates share links of a private draft: the one that later requests use, and one that they revoke.</summary>
internal static class SharedWrites
{
    public static async Task Play(Stage stage)
    {
        const string path = $"/v1/resolutions/{Stage.Private}/share-links";
        var narrow = await Create(stage, """{"scope": "tally", "label": "Counts alone"}""");
        foreach (var data in (string[])["tally", "positions", "board.svg", "hemicycle.svg", "nothing.svg"])
        {
            await stage.Get("anonymous", $"/shared/{SecretOf(narrow)}/{data}");
        }
        await stage.Send("coordinator", "DELETE", $"{path}/{narrow["id"]}");
        await stage.Get("anonymous", $"/shared/{SecretOf(narrow)}/tally");
        await stage.Get("anonymous", $"/shared/{SecretOf(narrow)}/stream");
        foreach (
            var body in (string[])
                [
                    """{"scope": "everything", "label": "", "expiresAt": "2020-01-01T00:00:00Z"}""",
                    """{"scope": "tally", "label": "x", "expiresAt": "2027-01-01T00:00:00"}""",
                ]
        )
        {
            await stage.Json("coordinator", "POST", path, body);
        }
        var shared = await Create(stage, """{"scope": "positions", "label": "Positions"}""");
        stage.Ids["shared"] = SecretOf(shared);
        // Other requests address the public draft.
        var made = await stage.Json(
            "coordinator",
            "POST",
            $"/v1/resolutions/{Stage.Public}/share-links",
            """{"scope": "tally", "label": "To be revoked", "expiresAt": "2027-01-01T00:00:00Z"}"""
        );
        stage.Ids["share-link"] = JsonNode.Parse(made.BodyText)!["id"]!.GetValue<string>();
        await stage.Get("coordinator", path);
    }

    private static async Task<JsonNode> Create(Stage stage, string body)
    {
        var made = await stage.Json("coordinator", "POST", $"/v1/resolutions/{Stage.Private}/share-links", body);
        return JsonNode.Parse(made.BodyText)!;
    }

    private static string SecretOf(JsonNode link) => link["url"]!.GetValue<string>().Split('/')[^1];
}
