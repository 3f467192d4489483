using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Records imports of lists, and undo, on a draft of their own.</summary>
internal static class ListWrites
{
    private const string Draft = "/v1/resolutions/es-10-lists";
    private const string Short = "/v1/resolutions/es-10-short";

    public static async Task Play(Stage stage)
    {
        await Open(stage, "es-10-lists", "A/ES-10/L.60");
        await Stances(stage);
        await stage.Csv(
            "lobbyist",
            "POST",
            $"{Draft}/co-sponsors/import?dryRun=true",
            "Country,Status,Role\nKenya,signed,main\n"
        );
        await stage.Csv(
            "lobbyist",
            "POST",
            $"{Draft}/assignments/import?dryRun=true",
            "Country,assignee\nKenya,lobbyist\nKorea,lobbyist\n"
        );
        await stage.Csv(
            "lobbyist",
            "POST",
            $"{Draft}/assignments/import?dryRun=true",
            "Country,assignee\nKenya,lobbyist\n"
        );
        // The ids of contacts are random, so none is added.
        await stage.Csv(
            "lobbyist",
            "POST",
            "/v1/contacts/import?dryRun=true",
            "Country,name,kind\nKenya,A mission,mission\n"
        );
        await Open(stage, "es-10-short", "A/ES-10/L.61");
        await stage.Send("coordinator", "DELETE", Short, "If-Match: *");
        await stage.Send("coordinator", "DELETE", Draft, "If-Match: *");
    }

    private static async Task Stances(Stage stage)
    {
        var import = $"{Draft}/stances/import";
        var made = await stage.Csv(
            "lobbyist",
            "POST",
            import,
            "Country,Vote,How sure,hotel\nUK,against,,x\nIvory Coast,yes?,,x\n"
        );
        stage.Ids["stance-import"] = JsonNode.Parse(made.BodyText)!["id"]!.GetValue<string>();
        await stage.Csv("lobbyist", "POST", import, "Country,Vote\nCongo,yes\nNowhere,perhaps so\n");
        await stage.Csv("lobbyist", "POST", $"{import}?max=1", "Country,Vote\nNorway,yes\nSweden,yes\n");
        await stage.Csv("lobbyist", "POST", $"{import}?map=Land:member_state", "Country,Vote\nNorway,yes\n");
        var path = $"{Draft}/stances/imports";
        await stage.Get("viewer", path);
        await stage.Get("viewer", $"{path}/{stage.Ids["stance-import"]}");
        stage.Wait();
        await stage.Json("lobbyist", "POST", $"{Draft}/stances/GBR/revert", """{"version": 99}""", "If-Match: *");
        await stage.Json("lobbyist", "POST", $"{Draft}/stances/GBR/revert", """{"version": 0}""", "If-Match: *");
        var revert = $"{path}/{stage.Ids["stance-import"]}/revert";
        await stage.Send("lobbyist", "POST", revert);
        await stage.Send("lobbyist", "POST", $"{revert}?skipChanged=true");
        await stage.Send("lobbyist", "POST", $"{revert}?skipChanged=true");
    }

    private static Task<RawResponse> Open(Stage stage, string id, string symbol) =>
        stage.Json(
            "coordinator",
            "POST",
            "/v1/resolutions",
            $$"""{"id": "{{id}}", "symbol": "{{symbol}}", "title": "A draft for lists", "session": "es-10", "kind": "draft"}"""
        );
}
