namespace VoteTracker.Tests.Features.Sessions.Convening;

[EveryEngine]
public sealed class CouncilVoteTests
{
    private const string Path = $"{SessionSteps.Requested}/council-vote";

    // The members of the Council in February 2022.
    private static readonly string[] Members =
    [
        "ALB",
        "ARE",
        "BRA",
        "CHN",
        "FRA",
        "GAB",
        "GBR",
        "GHA",
        "IND",
        "IRL",
        "KEN",
        "MEX",
        "NOR",
        "RUS",
        "USA",
    ];

    [Test]
    public async Task The_votes_of_fifteen_members_are_recorded_by_name()
    {
        using var app = new App();
        await app.AddSession();
        using var recorded = await app.Coordinator.Send(
            HttpMethod.Put,
            Path,
            Vote(Members),
            ifMatch: null,
            ifNoneMatch: "*"
        );
        var vote = await recorded.Json();
        ((int)recorded.StatusCode).ShouldBe(201, vote.ToJsonString());
        recorded.ETag().ShouldBe("\"2\"");
        (vote["totals"]!.Int("yes"), vote["totals"]!.Int("no"), vote["totals"]!.Int("abstain")).ShouldBe((11, 1, 3));
        (vote["votes"]!.AsArray().Count, vote.Int("required")).ShouldBe((15, 9));
        (await app.Viewer.GetJson($"{SessionSteps.Requested}/convening")).Text("metBy").ShouldBe("council");
        (await app.Viewer.GetJson(Path)).ToJsonString().ShouldBe(vote.ToJsonString());
        using var known = new HttpRequestMessage(HttpMethod.Get, Path);
        known.Headers.TryAddWithoutValidation("If-None-Match", "\"2\"").ShouldBeTrue();
        using var same = await app.Viewer.SendAsync(known);
        ((int)same.StatusCode).ShouldBe(304);
    }

    [Test]
    public async Task A_wrong_vote_is_corrected_and_deleted()
    {
        using var app = new App();
        await app.AddSession();
        using var recorded = await app.Coordinator.Put(Path, Totals(8, 1, 6));
        recorded.EnsureSuccessStatusCode();
        using var old = await app.Coordinator.Put(Path, Totals(9, 1, 5), "\"1\"");
        (await old.ShouldBeProblem(412))["current"]!["totals"]!.Int("yes").ShouldBe(8);
        using var corrected = await app.Coordinator.Put(Path, Totals(9, 1, 5), "\"2\"");
        ((int)corrected.StatusCode).ShouldBe(200);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, Path, ifMatch: "\"3\"");
        ((int)deleted.StatusCode).ShouldBe(204);
        using var gone = await app.Viewer.GetAsync(Path);
        await gone.ShouldBeProblem(404);
        (await app.Viewer.GetJson($"{SessionSteps.Requested}/convening"))["council"]!.IntOrNull("votes").ShouldBeNull();
        // A vote of the reference data can be replaced by its names.
        using var named = await app.Coordinator.Put("/v1/sessions/es-11/council-vote", Vote(Members, "2022-02-27"));
        var vote = await named.Json();
        ((int)named.StatusCode).ShouldBe(200, vote.ToJsonString());
        vote["totals"]!.Int("yes").ShouldBe(11);
        (await app.Anonymous.GetJson("/v1/sessions/es-11/council-vote"))["votes"]!.AsArray().Count.ShouldBe(15);
    }

    [Test]
    public async Task A_vote_that_cannot_be_one_of_the_Council_is_rejected_with_its_reason()
    {
        using var app = new App();
        await app.AddSession();
        foreach (
            var (members, part) in ((string[], string)[])
                [
                    ([.. Members, "SWE"], "must name the 15 members of the Council on 2026-11-20; found 16"),
                    (Members[..14], "missing USA"),
                    ([.. Members[..14], "SWE"], "missing USA"),
                    ([.. Members[..13], "NOR", "RUS"], "found twice 'NOR'"),
                    ([.. Members[..13], "SUN", "USA"], "found 'SUN'"),
                    (["VAT", .. Members[1..]], "found 'VAT'"),
                    (["alb", .. Members[1..]], "found 'alb'"),
                    ([], "must name the 15 members"),
                ]
        )
        {
            using var answer = await app.Coordinator.Put(Path, Vote(members));
            (await answer.ShouldBeProblem(400, "votes"))["errors"]!["votes"]!
                .AsArray()
                .Select(fault => fault!.GetValue<string>())
                .ShouldContain(fault => fault.Contains(part, StringComparison.Ordinal));
        }
        using var gone = await app.Viewer.GetAsync(Path);
        await gone.ShouldBeProblem(404);
    }

    [Test]
    public async Task Either_the_votes_or_the_totals_are_sent()
    {
        using var app = new App();
        await app.AddSession();
        foreach (
            var (body, field) in ((object, string)[])
                [
                    (new { on = "2026-11-20", document = "S/2026/1" }, "votes"),
                    (
                        new
                        {
                            on = "2026-11-20",
                            document = "S/2026/1",
                            votes = Votes(Members),
                            totals = new
                            {
                                yes = 11,
                                no = 1,
                                abstain = 3,
                            },
                        },
                        "votes"
                    ),
                    (Totals(9, 4, 3), "totals"),
                    (Totals(16, 0, 0), "totals"),
                    (Totals(-1, 0, 0), "totals"),
                    (
                        new
                        {
                            on = "2026-11-20",
                            document = "S/2026/1",
                            totals = new { yes = 9 },
                        },
                        "totals"
                    ),
                    (Totals(9, 1, 5, "2026-11-22"), "on"),
                    (Totals(9, 1, 5, "1946-01-16"), "on"),
                    (
                        new
                        {
                            on = "2026-11-20",
                            totals = new
                            {
                                yes = 9,
                                no = 1,
                                abstain = 5,
                            },
                        },
                        "document"
                    ),
                    (
                        new
                        {
                            on = "2026-11-20",
                            document = "S/2026/1",
                            votes = new[] { new { memberState = "NOR", vote = "veto" } },
                        },
                        "votes[0].vote"
                    ),
                ]
        )
        {
            using var answer = await app.Coordinator.Put(Path, body);
            await answer.ShouldBeProblem(400, field);
        }
    }

    // Before 1966 the Council had eleven members, and until 1991 the Soviet Union was one of them.
    [TestCase("1956-10-31", 7, 2, 2, 200)]
    [TestCase("1956-10-31", 8, 2, 2, 400)]
    public async Task The_members_of_that_day_are_counted(string on, int yes, int no, int abstain, int status)
    {
        using var app = new App();
        using var answer = await app.Coordinator.Put("/v1/sessions/es-1/council-vote", Totals(yes, no, abstain, on));
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Test]
    public async Task The_Council_of_1956_is_recorded_by_name()
    {
        using var app = new App();
        string[] members = ["AUS", "BEL", "CHN", "CUB", "FRA", "GBR", "IRN", "PER", "SUN", "USA", "YUG"];
        using var named = await app.Coordinator.Put("/v1/sessions/es-1/council-vote", Vote(members, "1956-10-31"));
        ((int)named.StatusCode).ShouldBe(200, await named.Content.ReadAsStringAsync());
        using var later = await app.Coordinator.Put("/v1/sessions/es-1/council-vote", Vote(members, "1956-11-02"));
        await later.ShouldBeProblem(400, "on");
        using var other = await app.Coordinator.Put(
            "/v1/sessions/es-1/council-vote",
            Vote([.. members[..8], "RUS", .. members[9..]], "1956-10-31")
        );
        (await other.ShouldBeProblem(400, "votes"))["errors"]!.ToJsonString().ShouldContain("SUN");
    }

    [TestCase("es-10-2026")]
    [TestCase("81")]
    public async Task No_vote_of_the_Council_is_counted_for_a_resumption_or_a_regular_session(string id)
    {
        using var app = new App();
        await Engagements.DeskRequests.Add(
            app.Coordinator,
            "/v1/sessions",
            new
            {
                id = "es-10-2026",
                kind = "resumption",
                subject = "A question",
            }
        );
        using var answer = await app.Coordinator.Put($"/v1/sessions/{id}/council-vote", Totals(9, 1, 5));
        await answer.ShouldBeProblem(409);
    }

    private static object Totals(int yes, int no, int abstain, string on = "2026-11-20") =>
        new
        {
            on,
            document = "S/2026/1",
            totals = new
            {
                yes,
                no,
                abstain,
            },
        };

    private static object Vote(string[] members, string on = "2026-11-20") =>
        new
        {
            on,
            document = "S/2026/1",
            votes = Votes(members),
        };

    private static object[] Votes(string[] members) =>
        [
            .. members.Select(memberState => new
            {
                memberState,
                vote = memberState switch
                {
                    "RUS" => "no",
                    "ARE" or "CHN" or "IND" => "abstain",
                    _ => "yes",
                },
            }),
        ];
}
