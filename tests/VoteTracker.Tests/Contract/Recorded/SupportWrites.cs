namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Records endorsements, acts and pressures, and forecasts with pressures.</summary>
internal static class SupportWrites
{
    public static async Task Play(Stage stage)
    {
        await Endorsements(stage);
        await Acts(stage);
        await Pressures(stage);
    }

    private static async Task Endorsements(Stage stage)
    {
        const string path = "/v1/endorsements";
        foreach (
            var body in (string[])
                [
                    """{"organisation": "Federation of Teachers", "memberState": "ZAF", "kind": "trade-union", "public": true}""",
                    // The same again, in other letters.
                    """{"organisation": " FEDERATION of  teachers", "memberState": "ZAF", "public": false}""",
                    """{"organisation": "A <b>private</b> circle", "languages": ["EN", "pt-br"], "public": false}""",
                    $$"""{"organisation": "Institute", "resolution": "{{Stage.Private}}", "signedOn": "2026-11-20", "public": true}""",
                    """{"organisation": "x", "kind": "club", "url": "javascript:alert(1)", "languages": ["English"]}""",
                    """{"organisation": "x", "memberState": "SUN", "url": "javascript:alert(1)", "languages": ["English"], "signedOn": "1925-01-01"}""",
                ]
        )
        {
            await stage.Json("lobbyist", "POST", path, body);
        }
        await Patched(stage, $"{path}/1", """{"url": "https://teachers.example", "languages": ["en"]}""", "\"1\"");
        await Patched(stage, $"{path}/1", """{"public": false}""", "\"1\"");
        await stage.Csv(
            "lobbyist",
            "POST",
            $"{path}/import?max=5",
            "Organization,Country,Type,Published,hotel\nUnion of Nurses,Kenya,union,yes,x\nStudents' council,,students,,\n"
        );
        await stage.Csv(
            "lobbyist",
            "POST",
            $"{path}/import",
            "Organization,Country,Type\nUnion of Nurses,Congo,club\nUnion,Kenya,club\nUNION,Kenya,\n"
        );
        foreach (var role in (string[])["anonymous", "viewer"])
        {
            await stage.Get(role, $"{path}?kind=trade-union&q=nurses");
            await stage.Get(role, $"{path}?memberState=ZAF&limit=1");
            await stage.Get(role, $"{path}/3");
            await stage.Get(role, $"{path}/summary?lang=fr");
        }
        await stage.Send("lobbyist", "DELETE", $"{path}/2", "If-Match: \"1\"");
    }

    private static async Task Acts(Stage stage)
    {
        const string path = "/v1/acts";
        foreach (
            var body in (string[])
                [
                    """{"memberState": "PSE", "kind": "statement", "title": "A statement", "on": "2026-11-19", "url": "https://docs.example/1"}""",
                    $$"""{"memberState": "ZAF", "kind": "treaty-action", "title": "A ratification", "on": "2026-11-20", "url": "https://docs.example/2", "resolution": "{{Stage.Private}}"}""",
                    """{"memberState": "ZAF", "kind": "speech", "title": "x", "on": "2026-11-20", "url": "x"}""",
                    """{"memberState": "YUG", "kind": "other", "title": "x\ny", "on": "1944-12-31", "url": "ftp://x"}""",
                ]
        )
        {
            await stage.Json("lobbyist", "POST", path, body);
        }
        await Patched(stage, $"{path}/1", """{"title": "Another statement"}""", "\"1\"");
        foreach (var role in (string[])["anonymous", "viewer"])
        {
            await stage.Get(role, $"{path}?memberState=ZAF");
            await stage.Get(role, $"{path}?kind=statement&from=2026-11-01&to=2026-11-30");
            await stage.Get(role, $"{path}/2");
        }
        await stage.Send("lobbyist", "DELETE", $"{path}/2", "If-Match: *");
    }

    private static async Task Pressures(Stage stage)
    {
        const string path = "/v1/pressures";
        foreach (
            var body in (string[])
                [
                    """{"memberState": "ZAF", "from": "USA", "kind": "trade", "towards": "no", "level": "high", "note": "A tariff."}""",
                    $$"""{"memberState": "ZAF", "resolution": "{{Stage.Public}}", "kind": "aid", "towards": "yes", "level": "low"}""",
                    """{"memberState": "ZAF", "kind": "aid", "towards": "yes", "level": "extreme"}""",
                    """{"memberState": "PSE", "from": "PSE", "kind": "aid", "towards": "yes", "level": "low"}""",
                ]
        )
        {
            await stage.Json("lobbyist", "POST", path, body);
        }
        await Patched(stage, $"{path}/1", """{"level": "medium"}""", "\"1\"");
        await stage.Get("lobbyist", $"{path}?level=low&kind=aid");
        foreach (var role in (string[])["anonymous", "viewer", "lobbyist"])
        {
            await stage.Get(role, $"/v1/resolutions/{Stage.Public}/forecast?pressure=true&explain=ZAF");
            await stage.Get(role, $"/v1/resolutions/{Stage.Public}/path?pressure=true&top=3");
        }
        await stage.Send("lobbyist", "DELETE", $"{path}/2", "If-Match: \"1\"");
    }

    private static Task<RawResponse> Patched(Stage stage, string path, string body, string match) =>
        stage.Play(
            RawRequest.Json("lobbyist", "PATCH", path, body) with
            {
                Headers = [$"If-Match: {match}", "Content-Type: application/merge-patch+json"],
            }
        );
}
