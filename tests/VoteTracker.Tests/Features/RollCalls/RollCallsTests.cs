using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Endpoints;

namespace VoteTracker.Tests.Features.RollCalls;

[EveryEngine]
public sealed class RollCallsTests
{
    [Test]
    public async Task A_recorded_vote_decides_the_text_and_is_the_tally()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        var votes = await AllMembers(
            app,
            "2026-11-21",
            (iso3, i) =>
                i < 120 ? "yes"
                : i < 134 ? "no"
                : i < 180 ? "abstain"
                : "non-voting"
        );
        using var answer = await app.Coordinator.Send(
            HttpMethod.Put,
            Path(draft),
            new { recordedOn = "2026-11-21", votes },
            ifMatch: "\"2\""
        );
        var rollCall = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, rollCall.ToJsonString());
        answer.Headers.ETag!.Tag.ShouldBe("\"3\"");
        rollCall["status"]!.GetValue<string>().ShouldBe("adopted");
        rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":120,"no":14,"abstain":46,"nonVoting":13}""");
        rollCall["announced"].ShouldBeNull();
        rollCall["remarks"]!.AsArray().ShouldBeEmpty();
        rollCall["votes"]!.AsArray().Count.ShouldBe(193);
        (await app.Viewer.GetJson(Path(draft))).ToJsonString().ShouldBe(rollCall.ToJsonString());
        (await app.Anonymous.GetJson(Path(draft)))["changedBy"].ShouldBeNull();

        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        tally["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
        tally["reached"]!.GetValue<bool>().ShouldBeTrue();
        Counts(tally).ShouldBe("120-14-46, absent 13, undecided 0, unknown 0, ineligible 0, eligible 193 of 193");
        tally["version"]!.GetValue<long>().ShouldBe(3);
        var resolution = await app.Anonymous.GetJson($"/v1/resolutions/{draft}");
        resolution["status"]!.GetValue<string>().ShouldBe("adopted");
        resolution["voteOn"]!.GetValue<string>().ShouldBe("2026-11-21");
        resolution["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }

    [TestCase("two-thirds", 100, 50, "adopted")]
    [TestCase("two-thirds", 99, 50, "not-adopted")]
    [TestCase("simple-majority", 51, 50, "adopted")]
    [TestCase("simple-majority", 50, 50, "not-adopted")]
    [TestCase("two-thirds", 0, 0, "not-adopted")]
    public async Task The_status_follows_from_the_rule(string rule, int yes, int no, string status)
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { rule });
        var votes = await AllMembers(
            app,
            "2026-11-21",
            (_, i) =>
                i < yes ? "yes"
                : i < yes + no ? "no"
                : "abstain"
        );
        var rollCall = await Record(app, draft, new { recordedOn = "2026-11-21", votes });
        rollCall["status"]!.GetValue<string>().ShouldBe(status);
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}"))["status"]!.GetValue<string>().ShouldBe(status);
    }

    [Test]
    public async Task The_Assemblys_own_word_is_taken_where_it_is_named()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var rollCall = await Record(app, draft, Yes("NOR", status: "not-adopted"), "?missing=non-voting");
        rollCall["status"]!.GetValue<string>().ShouldBe("not-adopted");
        var second = await app.OpenDraft(symbol: "A/ES-10/L.35");
        foreach (var status in (string[])["withdrawn", "drafting", "tabled", "adopted-without-vote", "Adopted"])
        {
            using var wrong = await app.Coordinator.Put(Path(second), Yes("NOR", status: status));
            await wrong.ShouldBeProblem(400, "status");
        }
    }

    [Test]
    public async Task Members_that_are_not_named_are_listed_unless_they_are_said_not_to_have_voted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var before = await State(app, draft);
        var votes = await AllMembers(app, "2026-11-21", (_, _) => "yes");
        foreach (var iso3 in (string[])["NOR", "ZWE"])
        {
            votes.Remove(votes.Single(v => v!["memberState"]!.GetValue<string>() == iso3));
        }
        using var refused = await app.Coordinator.Put(Path(draft), new { recordedOn = "2026-11-21", votes });
        var problem = await refused.ShouldBeProblem(400, "votes");
        problem["errors"]!["votes"]!.ToJsonString().ShouldContain("NOR, ZWE");
        using var wrong = await app.Coordinator.Put(
            Path(draft) + "?missing=yes",
            new { recordedOn = "2026-11-21", votes }
        );
        await wrong.ShouldBeProblem(400, "missing");
        (await State(app, draft)).ShouldBe(before);
        var rollCall = await Record(app, draft, new { recordedOn = "2026-11-21", votes }, "?missing=non-voting");
        rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":191,"no":0,"abstain":0,"nonVoting":2}""");
        rollCall["votes"]!.AsArray().Count.ShouldBe(193);
    }

    [Test]
    public async Task A_name_that_nobody_has_an_observers_or_one_named_twice_is_refused()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string, string)[])
                [
                    ("NOR", "NOR", "NOR"),
                    ("NOR", "XXX", "XXX"),
                    ("NOR", "nor", "nor"),
                    ("NOR", "VAT", "VAT"),
                    ("NOR", "PSE", "PSE"),
                    ("NOR", "", "votes"),
                    ("NOR", "NOR'; DROP TABLE roll_call; --", "NOR"),
                ],
            async wrong =>
            {
                var (first, second, named) = wrong;
                var before = await State(app, draft);
                using var answer = await app.Coordinator.Put(
                    Path(draft) + "?missing=non-voting",
                    new
                    {
                        recordedOn = "2026-11-21",
                        votes = new[]
                        {
                            new { memberState = first, vote = "yes" },
                            new { memberState = second, vote = "no" },
                        },
                    }
                );
                var problem = await answer.ShouldBeProblem(400, "votes");
                problem["detail"]!.GetValue<string>().ShouldContain(named);
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task A_name_that_the_list_lacks_on_that_day_is_kept_and_reported()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        // Switzerland was admitted on 10 September 2002; Yugoslavia had its seat until 3 February 2003.
        var votes = await AllMembers(app, "2002-09-01", (_, _) => "yes");
        var members = votes.Count;
        votes.ShouldContain(v => v!["memberState"]!.GetValue<string>() == "YUG");
        votes.Add(new JsonObject { ["memberState"] = "CHE", ["vote"] = "no" });
        votes.Add(new JsonObject { ["memberState"] = "SUN", ["vote"] = "abstain" });
        var rollCall = await Record(app, draft, new { recordedOn = "2002-09-01", votes });
        rollCall["notOnTheList"]!.ToJsonString().ShouldBe("""["CHE","SUN"]""");
        var remark = rollCall["remarks"]!.AsArray().Single()!.GetValue<string>();
        remark.ShouldContain("2002-09-01");
        remark.ShouldContain("CHE, SUN");
        rollCall["votes"]!.AsArray().Count.ShouldBe(members + 2);
        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        Counts(tally)
            .ShouldBe(
                $"{members}-1-1, absent 0, undecided 0, unknown 0, ineligible 0, eligible {members + 2} of {members + 2}"
            );
        var rows = (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/breakdown"))["rows"]!.AsArray();
        rows.Sum(r => r!["members"]!.GetValue<int>()).ShouldBe(members + 2);
    }

    [Test]
    public async Task Announced_totals_that_differ_from_the_names_are_kept_beside_them_and_reported()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var votes = await AllMembers(
            app,
            "2026-11-21",
            (_, i) =>
                i < 100 ? "yes"
                : i < 110 ? "no"
                : "abstain"
        );
        var announced = new
        {
            yes = 99,
            no = 11,
            abstain = 83,
        };
        var rollCall = await Record(
            app,
            draft,
            new
            {
                recordedOn = "2026-11-21",
                votes,
                announced,
            }
        );
        rollCall["totals"]!["yes"]!.GetValue<int>().ShouldBe(100);
        rollCall["announced"]!.ToJsonString().ShouldBe("""{"yes":99,"no":11,"abstain":83,"nonVoting":null}""");
        var remark = rollCall["remarks"]!.AsArray().Single()!.GetValue<string>();
        remark.ShouldContain("100-10-83");
        remark.ShouldContain("99-11-83");
        // The names are counted: they add up by region.
        var tally = await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally");
        Counts(tally).ShouldStartWith("100-10-83");
        // The same totals leave nothing to remark.
        var same = await Record(
            app,
            draft,
            new
            {
                recordedOn = "2026-11-21",
                votes,
                announced = new
                {
                    yes = 100,
                    no = 10,
                    abstain = 83,
                },
            },
            status: 200
        );
        same["remarks"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Announced_totals_that_cannot_be_are_refused()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    """{"yes": 1, "no": 2000000000, "abstain": 0}""",
                    """{"yes": 2147483647, "no": 2147483647, "abstain": 2147483647}""",
                    """{"yes": 99999999999, "no": 0, "abstain": 0}""",
                    """{"yes": -1, "no": 0, "abstain": 0}""",
                    """{"yes": 1, "no": 0}""",
                    """{"yes": "1", "no": 0, "abstain": 0}""",
                    """{"yes": 1.5, "no": 0, "abstain": 0}""",
                    """{}""",
                    """[1, 2, 3]""",
                ],
            async announced =>
            {
                var before = await State(app, draft);
                var body = JsonNode.Parse(
                    """{"recordedOn": "2026-11-21", "votes": [{"memberState": "NOR", "vote": "yes"}]}"""
                )!;
                body["announced"] = JsonNode.Parse(announced);
                using var answer = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", body);
                var problem = await answer.ShouldBeProblem(400);
                problem["errors"]!.AsObject().ShouldAllBe(e => e.Key == "announced" || e.Key.StartsWith("announced."));
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task What_a_member_had_intended_is_kept_beside_its_vote_and_never_counted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Record(app, draft, Yes("NOR"), "?missing=non-voting");
        var plain = Counts(await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally"));
        var rollCall = await Record(
            app,
            draft,
            new
            {
                recordedOn = "2026-11-21",
                votes = new object[]
                {
                    new { memberState = "NOR", vote = "yes" },
                    new
                    {
                        memberState = "SWE",
                        vote = "non-voting",
                        intended = "yes",
                    },
                },
            },
            "?missing=non-voting",
            status: 200
        );
        Vote(rollCall, "SWE")["vote"]!.GetValue<string>().ShouldBe("non-voting");
        Vote(rollCall, "SWE")["intended"]!.GetValue<string>().ShouldBe("yes");
        Vote(rollCall, "NOR")["intended"].ShouldBeNull();
        rollCall["totals"]!["yes"]!.GetValue<int>().ShouldBe(1);
        Counts(await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).ShouldBe(plain);
    }

    [TestCase("withdrawn")]
    [TestCase("adopted-without-vote")]
    public async Task There_is_no_roll_call_of_a_text_that_was_not_voted_on(string status)
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { status });
        var before = await State(app, draft);
        using var answer = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR"));
        await answer.ShouldBeProblem(409);
        (await State(app, draft)).ShouldBe(before);
        using var none = await app.Viewer.GetAsync(Path(draft));
        await none.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_day_in_the_future_before_the_session_or_none_is_refused()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string?[])
                [
                    "2026-11-22",
                    "1997-04-23",
                    "0001-01-01",
                    "9999-12-31",
                    "2026-02-30",
                    "21.11.2026",
                    "2026-11-21T00:00:00Z",
                    "",
                    null,
                ],
            async day =>
            {
                var before = await State(app, draft);
                using var answer = await app.Coordinator.Put(
                    Path(draft) + "?missing=non-voting",
                    new { recordedOn = day, votes = new[] { new { memberState = "NOR", vote = "yes" } } }
                );
                await answer.ShouldBeProblem(400, "recordedOn");
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task The_day_is_New_Yorks_and_not_Greenwichs()
    {
        using var app = new App(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)));
        var draft = await app.OpenDraft();
        using var tomorrow = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR", "2026-11-22"));
        await tomorrow.ShouldBeProblem(400, "recordedOn");
        await Record(app, draft, Yes("NOR"), "?missing=non-voting");
    }

    [Test]
    public async Task A_roll_call_is_replaced_by_who_saw_the_version_that_stands()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var blind = await app.Coordinator.Put(Path(draft), Yes("NOR"), ifMatch: null!);
        await blind.ShouldBeProblem(428);
        using var early = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR"), "\"9\"");
        await early.ShouldBeProblem(412);
        using var first = await app.Coordinator.Send(
            HttpMethod.Put,
            Path(draft) + "?missing=non-voting",
            Yes("NOR"),
            ifMatch: null,
            ifNoneMatch: "*"
        );
        ((int)first.StatusCode).ShouldBe(201);
        var etag = first.Headers.ETag!.Tag;
        using var again = await app.Coordinator.Send(
            HttpMethod.Put,
            Path(draft) + "?missing=non-voting",
            Yes("NOR"),
            ifMatch: null,
            ifNoneMatch: "*"
        );
        (await again.ShouldBeProblem(412))["current"]!["totals"]!["yes"]!.GetValue<int>().ShouldBe(1);
        using var got = await app.Coordinator.GetAsync(Path(draft));
        got.Headers.ETag!.Tag.ShouldBe(etag);
        using var replaced = await app.Coordinator.Put(
            Path(draft) + "?missing=non-voting",
            new { recordedOn = "2026-11-20", votes = new[] { new { memberState = "SWE", vote = "no" } } },
            etag
        );
        var second = await replaced.Json();
        ((int)replaced.StatusCode).ShouldBe(200, second.ToJsonString());
        second["status"]!.GetValue<string>().ShouldBe("not-adopted");
        second["recordedOn"]!.GetValue<string>().ShouldBe("2026-11-20");
        Vote(second, "NOR")["vote"]!.GetValue<string>().ShouldBe("non-voting");
        Counts(await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).ShouldStartWith("0-1-0, absent 192");
        using var old = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", Yes("NOR"), etag);
        await old.ShouldBeProblem(412);
    }

    [Test]
    public async Task After_the_vote_stances_stay_as_they_were_for_who_could_see_them()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Record(app, draft, Yes("NOR"), "?missing=non-voting");
        var state = await State(app, draft);
        using var put = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "call",
            }
        );
        await put.ShouldBeProblem(409);
        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/stances/NOR");
        await delete.ShouldBeProblem(409);
        (await State(app, draft)).ShouldBe(state);
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances/NOR"))["position"]!
            .GetValue<string>()
            .ShouldBe("no");
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions/{draft}/stances/NOR");
        await hidden.ShouldBeProblem(401);

        var past = $"/v1/resolutions/{draft}/tally?asOf={before:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        var tally = await app.Viewer.GetJson(past);
        tally["basis"]!.GetValue<string>().ShouldBe("stances");
        Counts(tally).ShouldStartWith("0-1-0, absent 0, undecided 0, unknown 192");
        using var past401 = await app.Anonymous.GetAsync(past);
        await past401.ShouldBeProblem(401);
        var now = $"/v1/resolutions/{draft}/tally?asOf={app.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}";
        (await app.Anonymous.GetJson(now))["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }

    [Test]
    public async Task Everything_that_is_wrong_with_a_roll_call_is_named_at_once()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var before = await State(app, draft);
        await Refused("{}", "recordedOn", "votes");
        await Refused(
            """{"recordedOn": 1, "votes": {}, "status": 2, "announced": 3}""",
            "recordedOn",
            "votes",
            "status",
            "announced"
        );
        await Refused("""{"recordedOn": "2026-11-21", "votes": [null]}""", "votes[0]");
        await Refused("""{"recordedOn": "2026-11-21", "votes": [{}]}""", "votes[0].memberState", "votes[0].vote");
        await Refused(
            """{"recordedOn": "2026-11-21", "votes": [{"memberState": "NOR", "vote": 1}]}""",
            "votes[0].vote"
        );
        await Refused(
            """{"recordedOn": "2026-11-21", "votes": [{"memberState": "NOR", "vote": "absent"}]}""",
            "votes[0].vote"
        );
        await Refused("""{"recordedOn": "2026-11-21", "votes": "NOR"}""", "votes");
        var many = string.Join(',', Enumerable.Repeat("""{"memberState": "NOR", "vote": "yes"}""", 1_001));
        await Refused($$"""{"recordedOn": "2026-11-21", "votes": [{{many}}]}""", "votes");
        (await State(app, draft)).ShouldBe(before);

        async Task Refused(string json, params string[] fields)
        {
            using var answer = await app.Coordinator.Put(Path(draft) + "?missing=non-voting", JsonNode.Parse(json)!);
            var problem = await answer.ShouldBeProblem(400);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields, json);
        }
    }

    [Test]
    public async Task A_text_that_is_not_there_has_no_roll_call()
    {
        using var app = new App();
        using var put = await app.Coordinator.Put(Path("nowhere") + "?missing=non-voting", Yes("NOR"));
        await put.ShouldBeProblem(404);
        using var get = await app.Viewer.GetAsync(Path("nowhere"));
        await get.ShouldBeProblem(404);
    }

    [Test]
    public async Task The_record_that_comes_with_the_service_has_its_names_or_says_that_it_has_none()
    {
        using var app = new App();
        var names = await app.Anonymous.GetJson(Path("es-10-27"));
        names["votes"]!.AsArray().Count.ShouldBe(193);
        names["recordedOn"]!.GetValue<string>().ShouldBe("2025-06-12");
        names["totals"]!["yes"]!.GetValue<int>().ShouldBe(149);
        var announced = 0;
        foreach (var text in (await app.Anonymous.GetJson("/v1/resolutions?limit=1000"))["items"]!.AsArray())
        {
            if (text!["basis"]!.GetValue<string>() == "announced")
            {
                var totals = await app.Anonymous.GetJson(Path(text["id"]!.GetValue<string>()));
                totals["votes"]!.AsArray().ShouldBeEmpty();
                totals["totals"].ShouldBeNull();
                totals["announced"].ShouldNotBeNull();
                totals["remarks"]!.AsArray().ShouldNotBeEmpty();
                announced++;
            }
        }
        announced.ShouldBe(9);
    }

    private static string Path(string draft) => $"/v1/resolutions/{draft}/roll-call";

    private static object Yes(string iso3, string recordedOn = "2026-11-21", string? status = null) =>
        new
        {
            recordedOn,
            status,
            votes = new[] { new { memberState = iso3, vote = "yes" } },
        };

    private static async Task<JsonNode> Record(App app, string draft, object body, string query = "", int status = 201)
    {
        using var answer = await app.Coordinator.Put(Path(draft) + query, body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(status, json.ToJsonString());
        return json;
    }

    private static async Task<JsonArray> AllMembers(App app, string day, Func<string, int, string> vote)
    {
        var members = (await app.Anonymous.GetJson($"/v1/member-states?on={day}&limit=1000"))["items"]!.AsArray();
        members.Count.ShouldBeGreaterThan(180);
        return
        [
            .. members.Select(
                (m, i) =>
                    new JsonObject
                    {
                        ["memberState"] = m!["iso3"]!.GetValue<string>(),
                        ["vote"] = vote(m["iso3"]!.GetValue<string>(), i),
                    }
            ),
        ];
    }

    private static JsonNode Vote(JsonNode rollCall, string iso3) =>
        rollCall["votes"]!.AsArray().Single(v => v!["memberState"]!.GetValue<string>() == iso3)!;

    private static string Counts(JsonNode t) =>
        $"{t["yes"]}-{t["no"]}-{t["abstain"]}, absent {t["absent"]}, undecided {t["undecided"]}, unknown {t["unknown"]}, "
        + $"ineligible {t["ineligible"]}, eligible {t["eligible"]} of {t["members"]}";

    private static async Task<string> State(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000"))["items"]!.AsArray().Count;
}
