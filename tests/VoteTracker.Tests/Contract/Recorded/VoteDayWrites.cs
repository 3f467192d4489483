namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Records a vote day from its opening to its confirmation, which is undone at the end.</summary>
internal static class VoteDayWrites
{
    private const string Path = $"/v1/resolutions/{Stage.Private}/vote-day";

    public static async Task Play(Stage stage)
    {
        const string announced = """{"startsWith": "K", "announced": {"yes": 2, "no": 0, "abstain": 1}}""";
        stage.Wait();
        await stage.Json("lobbyist", "PUT", Path, """{"startsWith": "X"}""", "If-None-Match: *");
        await stage.Json("lobbyist", "PUT", Path, announced, "If-None-Match: *");
        await stage.Json("lobbyist", "PUT", Path, announced, "If-None-Match: *");
        await stage.Get("lobbyist", Path);
        await stage.Get("viewer", Path);
        foreach (var (state, vote) in new[] { ("ZAF", "yes"), ("KEN", "abstain"), ("PSE", "yes"), ("TCD", "no") })
        {
            await stage.Json(
                "lobbyist",
                "PUT",
                $"{Path}/votes/{state}",
                $$"""{"vote": "{{vote}}"}""",
                "If-None-Match: *"
            );
        }
        await stage.Json("coordinator", "PUT", $"{Path}/votes/ZAF", """{"vote": "no"}""", "If-None-Match: *");
        await stage.Json("coordinator", "PUT", $"{Path}/votes/ZAF", """{"vote": "Yes"}""", "If-Match: *");
        await stage.Json("coordinator", "PUT", $"{Path}/votes/NOR", """{"vote": "no"}""", "If-None-Match: *");
        await stage.Send("coordinator", "DELETE", $"{Path}/votes/NOR", "If-Match: *");
        await stage.Send("coordinator", "DELETE", $"{Path}/votes/NOR", "If-Match: *");
        await stage.Get("lobbyist", Path + "?after=2&lang=fr");
        await stage.Get("lobbyist", Path + "?after=x");
        await End(stage);
        stage.Wait();
        await stage.Send("coordinator", "DELETE", $"/v1/resolutions/{Stage.Private}/roll-call", "If-Match: *");
        await stage.Send("coordinator", "DELETE", Path, "If-Match: *");
        await stage.Send("coordinator", "DELETE", Path, "If-Match: *");
    }

    private static async Task End(Stage stage)
    {
        const string accepted = """{"missingIsNonVoting": true, "acceptDifference": true}""";
        await stage.Json("lobbyist", "POST", Path + "/propose", "{}", "If-Match: *");
        await stage.Json("lobbyist", "POST", Path + "/propose", """{"missingIsNonVoting": true}""", "If-Match: *");
        await stage.Json("coordinator", "POST", Path + "/propose", accepted, "If-Match: *");
        await stage.Json("lobbyist", "PUT", $"{Path}/votes/NOR", """{"vote": "no"}""", "If-None-Match: *");
        await stage.Json("coordinator", "POST", Path + "/confirm", "{}", "If-Match: *");
        await stage.Send("coordinator", "POST", Path + "/reopen", "If-Match: *");
        await stage.Send("coordinator", "POST", Path + "/reopen", "If-Match: *");
        await stage.Json("lobbyist", "POST", Path + "/propose", accepted, "If-Match: *");
        await stage.Json("coordinator", "POST", Path + "/confirm", "{}", "If-Match: *");
        await stage.Json("coordinator", "POST", Path + "/confirm", """{"status": "tabled"}""", "If-Match: *");
        await stage.Json("coordinator", "POST", Path + "/confirm", """{"acceptDifference": true}""", "If-Match: *");
        await stage.Json("lobbyist", "PUT", $"{Path}/votes/NOR", """{"vote": "no"}""", "If-None-Match: *");
    }
}
