namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Erasures and the roll call come last, because the other requests need the data that they remove.</summary>
internal static class LastWrites
{
    public static async Task Play(Stage stage)
    {
        const string stance = $"/v1/resolutions/{Stage.Public}/stances/ZAF";
        var contact = $"/v1/contacts/{stage.Ids["contact"]}";
        stage.Wait();
        await stage.Send("lobbyist", "DELETE", contact, "If-Match: *");
        await stage.Get("lobbyist", contact);
        await stage.Get("lobbyist", $"/v1/resolutions/{Stage.Private}/stances/ZAF");
        await stage.Send("lobbyist", "DELETE", stance, "If-Match: W/\"3\"");
        await stage.Send("lobbyist", "DELETE", stance, "If-Match: \"3\"");
        await stage.Get("viewer", stance);
        await stage.Send("lobbyist", "DELETE", $"/v1/resolutions/{Stage.Public}/scenarios/plan-b", "If-Match: *");
        await stage.Send("lobbyist", "DELETE", $"/v1/resolutions/{Stage.Public}/co-sponsors/NOR", "If-Match: *");
        stage.Wait();
        await stage.Json(
            "coordinator",
            "PUT",
            $"/v1/resolutions/{Stage.Private}/roll-call?missing=non-voting",
            """{"recordedOn": "2026-11-20", "votes": [{"memberState": "ZAF", "vote": "yes"}]}""",
            "If-None-Match: *"
        );
        foreach (var role in Stage.Roles)
        {
            await stage.Get(role, $"/v1/resolutions/{Stage.Private}/tally");
            await stage.Get(role, $"/v1/resolutions/{Stage.Private}/calibration");
            await stage.Get(role, $"/v1/resolutions/{Stage.Private}/roll-call");
        }
        await stage.Get("viewer", "/v1/calibration");
        stage.Wait();
        await stage.Send("coordinator", "DELETE", $"/v1/resolutions/{Stage.Private}/roll-call", "If-Match: \"1\"");
        await stage.Send("coordinator", "DELETE", $"/v1/resolutions/{Stage.Private}/roll-call", "If-Match: *");
        await stage.Send("coordinator", "DELETE", $"/v1/resolutions/{Stage.Private}/roll-call", "If-Match: *");
        await stage.Send("coordinator", "DELETE", $"/v1/imports/{stage.Ids["import"]}");
        await stage.Get("admin", "/v1/changes?limit=20");
        await stage.Get("admin", "/v1/changes?limit=1000");
        await stage.Get("admin", "/v1/api-keys");
    }
}
