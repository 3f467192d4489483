namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Records stances, ineligibility and roll calls.</summary>
internal static class FirstPositions
{
    private const string Stance = """{"position": "yes", "certainty": "likely", "evidence": "meeting"}""";

    public static async Task Stances(Stage stage)
    {
        var path = $"/v1/resolutions/{Stage.Public}/stances";
        foreach (
            var (iso3, body, condition) in ((string, string, string)[])
                [
                    ("ZAF", Stance, "If-Match: \"1\""),
                    ("ZAF", Stance, "If-Match: \"1\""),
                    (
                        "ZAF",
                        """{"position": "abstain", "certainty": "leaning", "evidence": "call", "note": "=1+1 \"é\"", "reason": "said so"}""",
                        "If-Match: \"2\""
                    ),
                    ("NOR", Stance, "If-None-Match: *"),
                    (
                        "NOR",
                        """{"position": "absent", "certainty": "confirmed", "evidence": "note-verbale", "evidenceUrl": "https://example.org/a"}""",
                        "If-Match: *"
                    ),
                    (
                        "BRA",
                        """{"position": "undecided", "certainty": "leaning", "evidence": "second-hand"}""",
                        "If-Match: *"
                    ),
                    (
                        "FJI",
                        """{"position": "no", "certainty": "confirmed", "evidence": "public-statement"}""",
                        "If-Match: W/\"1\", \"1\", \"0\""
                    ),
                    ("VAT", Stance, "If-Match: *"),
                    ("XXX", Stance, "If-Match: *"),
                    ("nor", Stance, "If-Match: *"),
                    (
                        "KEN",
                        """{"position": "yes", "certainty": "likely", "evidence": "call", "contact": "nothing"}""",
                        "If-Match: *"
                    ),
                ]
        )
        {
            stage.Wait();
            await stage.Json("lobbyist", "PUT", $"{path}/{iso3}", body, condition);
        }
        await stage.Json(
            "lobbyist",
            "PUT",
            $"/v1/resolutions/{Stage.Private}/stances/ZAF",
            $$"""{"position": "yes", "certainty": "likely", "evidence": "call", "contact": "{{stage.Ids["contact"]}}", "note": "A note."}""",
            "If-Match: *"
        );
        stage.Wait();
        await stage.Send("lobbyist", "DELETE", $"{path}/BRA", "If-Match: \"1\"");
        await stage.Send("lobbyist", "DELETE", $"{path}/BRA", "If-Match: *");
        await stage.Send("lobbyist", "DELETE", $"{path}/BRA", "If-Match: *");
        await stage.Json("lobbyist", "PUT", $"/v1/resolutions/{Stage.Adopted}/stances/ZAF", Stance, "If-Match: *");
        await stage.Send("lobbyist", "DELETE", $"/v1/resolutions/{Stage.Adopted}/stances/ZAF", "If-Match: *");
        foreach (
            var csv in (string[])
                [
                    "iso3,position,certainty,evidence,reason\nKEN,yes,likely,call,said so\nGHA,no,leaning,meeting,\n",
                    "iso3;position;certainty;evidence\r\nMEX;abstain;likely;call\r\n",
                    "iso3,position,certainty,evidence,version\nZAF,no,likely,call,1\nNOR,no,likely,call,1\n",
                    "iso3,position,colour\nZAF,no,red\n",
                    "iso3,position,certainty\nXXX,no,likely\nZAF,maybe,sure\nZAF,no,likely\n",
                    "iso3,position\nBRA,unknown\nFJI,unknown\n",
                    "iso3,position\n\"ZAF,no\n",
                    "position\nno\n",
                    "iso3,position,certainty,evidence\n",
                    "",
                ]
        )
        {
            stage.Wait();
            await stage.Csv("coordinator", "POST", path + "/import?dryRun=true", csv);
            await stage.Csv("coordinator", "POST", path + "/import", csv);
        }
        await stage.Csv("coordinator", "POST", path + "/import?dryRun=1", "iso3,position\n");
        await stage.Csv(
            "coordinator",
            "POST",
            $"/v1/resolutions/{Stage.Adopted}/stances/import",
            "iso3,position\nZAF,no\n"
        );
    }

    public static async Task Ineligibility(Stage stage)
    {
        const string path = "/v1/member-states/TCD/ineligibility";
        stage.Wait();
        await stage.Json("coordinator", "PUT", path, """{"from": "2026-01-01", "reason": "article-19"}""");
        stage.Wait();
        await stage.Json(
            "coordinator",
            "PUT",
            path,
            """{"from": "2026-02-01", "until": "2026-12-31", "reason": "other", "note": "x"}"""
        );
        await stage.Json(
            "coordinator",
            "PUT",
            path,
            """{"from": "2026-02-01", "until": "2026-01-31", "reason": "other"}"""
        );
        await stage.Json(
            "coordinator",
            "PUT",
            "/v1/member-states/XXX/ineligibility",
            """{"from": "2026-02-01", "reason": "other"}"""
        );
        await stage.Json(
            "coordinator",
            "PUT",
            "/v1/member-states/VAT/ineligibility",
            """{"from": "2026-02-01", "reason": "other"}"""
        );
        await stage.Json("lobbyist", "PUT", $"/v1/resolutions/{Stage.Public}/stances/TCD", Stance, "If-Match: *");
        await stage.Json(
            "coordinator",
            "PUT",
            "/v1/member-states/COM/ineligibility",
            """{"from": "2026-01-01", "reason": "article-19"}"""
        );
        stage.Wait();
        await stage.Send("coordinator", "DELETE", "/v1/member-states/COM/ineligibility");
        await stage.Send("coordinator", "DELETE", "/v1/member-states/COM/ineligibility");
    }

    public static async Task RollCalls(Stage stage)
    {
        const string path = $"/v1/resolutions/{Stage.Decided}/roll-call";
        const string votes =
            """{"recordedOn": "2026-11-20", "votes": [{"memberState": "ZAF", "vote": "yes"}, {"memberState": "ZMB", "vote": "abstain", "intended": "yes"}]""";
        stage.Wait();
        await stage.Json("coordinator", "PUT", path, votes + "}", "If-Match: *");
        await stage.Json("coordinator", "PUT", path + "?missing=non-voting", votes + "}", "If-None-Match: *");
        stage.Wait();
        await stage.Json(
            "coordinator",
            "PUT",
            path + "?missing=non-voting",
            votes + ", \"announced\": {\"yes\": 2, \"no\": 0, \"abstain\": 1}}",
            "If-Match: \"1\""
        );
        stage.Wait();
        const string csv = "iso3,vote,intended\nZAF,yes,\nZMB,abstain,yes\n";
        await stage.Csv(
            "coordinator",
            "PUT",
            path + "?missing=non-voting&recordedOn=2026-11-20&status=adopted",
            csv,
            "If-Match: \"2\""
        );
        await stage.Csv(
            "coordinator",
            "PUT",
            path + "?missing=non-voting&recordedOn=2026-11-20",
            csv,
            "If-Match: \"1\""
        );
        await stage.Csv("coordinator", "PUT", path + "?missing=maybe&recordedOn=never&status=x", csv, "If-Match: *");
        await stage.Csv("coordinator", "PUT", path + "?missing=non-voting", csv, "If-Match: *");
        await stage.Csv(
            "coordinator",
            "PUT",
            path + "?recordedOn=2026-11-20",
            "iso3,vote\nXXX,yes\nZAF,maybe\nZAF,no\n",
            "If-Match: *"
        );
        await stage.Csv("coordinator", "PUT", path + "?recordedOn=2026-11-20", "a,b\n", "If-Match: *");
        await stage.Csv("coordinator", "PUT", path + "?recordedOn=2026-11-20", "", "If-Match: *");
        await stage.Json(
            "coordinator",
            "PUT",
            path,
            """{"recordedOn": "2030-01-01", "votes": [null, {}, {"memberState": "XXX", "vote": "perhaps"}, 7]}""",
            "If-Match: *"
        );
        await stage.Json("coordinator", "PUT", path, """{"recordedOn": "2030-01-01", "votes": []}""", "If-Match: *");
        await stage.Json(
            "coordinator",
            "PUT",
            $"/v1/resolutions/{Stage.Adopted}/roll-call?missing=non-voting",
            votes + "}",
            "If-Match: *"
        );
        await stage.Json("lobbyist", "PUT", $"/v1/resolutions/{Stage.Decided}/stances/ZAF", Stance, "If-Match: *");
    }
}
