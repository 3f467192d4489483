using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Features.Sessions;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Sessions.Convening;

[EveryEngine]
public sealed class ConveningReportTests
{
    // Resolutions 119 (1956), 120 (1956), 129 (1958), 157 (1960), 462 (1980), 500 (1982) and 2623 (2022) of the Council, and
    // the members on the days on which these sessions opened.
    [TestCase("es-1", "S/RES/119 (1956)", "1956-10-31", 7, 7, 11, 76, 39)]
    [TestCase("es-2", "S/RES/120 (1956)", "1956-11-04", 10, 7, 11, 76, 39)]
    [TestCase("es-3", "S/RES/129 (1958)", "1958-08-07", 11, 7, 11, 81, 41)]
    [TestCase("es-4", "S/RES/157 (1960)", "1960-09-17", 8, 7, 11, 82, 42)]
    [TestCase("es-6", "S/RES/462 (1980)", "1980-01-09", 12, 9, 15, 152, 77)]
    [TestCase("es-9", "S/RES/500 (1982)", "1982-01-28", 13, 9, 15, 157, 79)]
    [TestCase("es-11", "S/RES/2623 (2022)", "2022-02-27", 11, 9, 15, 193, 97)]
    public async Task The_Council_called_the_sessions_with_enough_votes_of_that_day(
        string id,
        string document,
        string on,
        int votes,
        int required,
        int seats,
        int members,
        int majority
    )
    {
        using var app = new App();
        var report = await app.Anonymous.GetJson($"/v1/sessions/{id}/convening");
        (report.Flag("met"), report.Text("metBy"), report.Text("status") is "convened" or "closed").ShouldBe(
            (true, "council", true)
        );
        var council = report["council"]!;
        (council.Int("votes"), council.Int("required"), council.Int("seats"), council.Flag("met")).ShouldBe(
            (votes, required, seats, true)
        );
        (council.Text("document"), council.Text("on")).ShouldBe((document, on));
        (report["members"]!.Int("of"), report["members"]!.Int("required")).ShouldBe((members, majority));
        // Whether members requested it too is not known.
        ShouldBeUnknown(report);
        report["rules"]!
            .AsArray()
            .Select(rule => rule!.GetValue<string>())
            .ShouldBe(["rule 8 (b)", "rule 9 (b)", "resolution 377 A (V)"]);
        report
            .Text("sentence")
            .ShouldBe($"{votes} members of the Security Council voted for the session; {required} were needed.");
    }

    [Test]
    public async Task Votes_of_permanent_members_against_did_not_prevent_the_1st_and_the_11th_session()
    {
        using var app = new App();
        foreach (var (id, no) in ((string, int)[])[("es-1", 2), ("es-11", 1)])
        {
            var vote = await app.Anonymous.GetJson($"/v1/sessions/{id}/council-vote");
            vote["totals"]!.Int("no").ShouldBe(no);
            vote.Field("votes").ShouldBeNull();
            (await app.Anonymous.GetJson($"/v1/sessions/{id}/convening")).Flag("met").ShouldBe(true);
        }
    }

    [TestCase("es-5", 122, 62)]
    [TestCase("es-7", 152, 77)]
    [TestCase("es-8", 154, 78)]
    [TestCase("es-10", 185, 93)]
    public async Task A_session_that_members_requested_needed_a_majority_of_that_day(
        string id,
        int members,
        int majority
    )
    {
        using var app = new App();
        var report = await app.Anonymous.GetJson($"/v1/sessions/{id}/convening");
        // Which members requested it is not in the reference data: not known is null, and never 0.
        (report.Flag("met"), report.Text("metBy"), report["council"]!.IntOrNull("votes")).ShouldBe((true, null, null));
        var requests = report["members"]!;
        (requests.Int("of"), requests.Int("required")).ShouldBe((members, majority));
        ShouldBeUnknown(report);
        report.Text("sentence")!.ShouldStartWith("The session has convened.");
    }

    [Test]
    public async Task The_10th_session_is_met_by_the_93rd_request_of_185_members()
    {
        using var app = new App();
        var then = (await app.Anonymous.GetJson("/v1/sessions/es-10")).Text("openedOn")!;
        // Members since before 1997 and today.
        var members = (await app.Members()).Except(
            ["CHE", "KIR", "MNE", "NRU", "SRB", "SSD", "TLS", "TON", "TUV"],
            StringComparer.Ordinal
        );
        foreach (var iso3 in members.Take(92))
        {
            await app.RecordRequest(iso3, "/v1/sessions/es-10", "1997-04-22");
        }
        var before = (await app.Anonymous.GetJson("/v1/sessions/es-10/convening"))["members"]!;
        (before.Int("requests"), before.Int("required"), before.Int("missing"), before.Flag("met")).ShouldBe(
            (92, 93, 1, false)
        );
        await app.RecordRequest(members.ElementAt(92), "/v1/sessions/es-10", then);
        var report = await app.Anonymous.GetJson("/v1/sessions/es-10/convening");
        (report.Text("metBy"), report.Text("countedOn")).ShouldBe(("members", "1997-04-24"));
        (report["members"]!.Int("requests"), report["members"]!.Int("missing")).ShouldBe((93, 0));
        report.Text("sentence").ShouldBe("93 of 185 members request the session; a majority is 93.");
    }

    [Test]
    public async Task A_requested_session_says_what_is_missing_by_members_and_by_region()
    {
        using var app = new App();
        await app.AddSession();
        foreach (var iso3 in (string[])["NOR", "SWE", "ZAF"])
        {
            await app.RecordRequest(iso3);
        }
        var report = await app.Viewer.GetJson($"{SessionSteps.Requested}/convening");
        (report.Flag("met"), report.Text("metBy"), report.Text("countedOn")).ShouldBe((false, null, "2026-11-21"));
        var members = report["members"]!;
        (members.Int("requests"), members.Int("required"), members.Int("missing")).ShouldBe((3, 97, 94));
        (report["council"]!.IntOrNull("votes"), report["council"]!.Int("required")).ShouldBe((null, 9));
        var regions = report["regions"]!.AsArray().Select(r => r!).ToList();
        regions.Sum(r => r.Int("members")).ShouldBe(193);
        regions.Sum(r => r.Int("requests")).ShouldBe(3);
        regions
            .Where(r => r.Int("requests") > 0)
            .Select(r => $"{r.Text("group")} {r.Int("requests")}/{r.Int("members")}")
            .ShouldBe(["african-states 1/54", "western-european-and-other-states 2/29"]);
        var french = await app.Viewer.GetJson($"{SessionSteps.Requested}/convening?lang=fr");
        french
            .Text("sentence")
            .ShouldBe("3 membres sur 193 demandent la session ; la majorité est de 97. Il manque 94 demandes.");
        french["regions"]![0]!.Text("name").ShouldBe("États d’Afrique");
    }

    [Test]
    public async Task The_97th_request_convenes_a_session_and_so_do_nine_votes()
    {
        using var app = new App();
        await app.AddSession();
        var members = await app.Members();
        foreach (var iso3 in members.Take(96))
        {
            await app.RecordRequest(iso3);
        }
        (await app.Viewer.GetJson($"{SessionSteps.Requested}/convening")).Flag("met").ShouldBe(false);
        await app.RecordRequest(members[96]);
        (await app.Viewer.GetJson($"{SessionSteps.Requested}/convening")).Text("metBy").ShouldBe("members");

        await app.Coordinator.Patched(SessionSteps.Requested, """{"status": "convened"}""");
        await app.AddSession("es-13");
        foreach (var (yes, met) in ((int, bool)[])[(8, false), (9, true)])
        {
            using var vote = await app.Coordinator.Put(
                "/v1/sessions/es-13/council-vote",
                new
                {
                    on = "2026-11-20",
                    document = "S/2026/1",
                    totals = new
                    {
                        yes,
                        no = 5,
                        abstain = 1,
                    },
                }
            );
            vote.EnsureSuccessStatusCode();
            var report = await app.Viewer.GetJson("/v1/sessions/es-13/convening");
            (report.Flag("met"), report["council"]!.Flag("met")).ShouldBe((met, met));
        }
    }

    [Test]
    public async Task A_resumption_cites_its_authority_and_assumes_no_number()
    {
        using var app = new App();
        await app.Coordinator.Add(
            "/v1/sessions",
            new
            {
                id = "es-11-2026",
                kind = "resumption",
                subject = "A question",
            }
        );
        const string path = "/v1/sessions/es-11-2026";
        await app.RecordRequest("NOR", path);
        var unknown = await app.Viewer.GetJson($"{path}/convening");
        unknown["rules"]!.AsArray().ShouldBeEmpty();
        unknown.Text("sentence")!.ShouldContain("is not recorded here");
        await app.Coordinator.Patched(path, """{"authority": "A/RES/ES-11/1"}""");
        var report = await app.Viewer.GetJson($"{path}/convening");
        (report.Flag("met"), report.Field("council"), report["members"]!.IntOrNull("required")).ShouldBe(
            (null, null, null)
        );
        (report["members"]!.Int("requests"), report["members"]!.IntOrNull("missing")).ShouldBe((1, null));
        report["rules"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("A/RES/ES-11/1");
        report
            .Text("sentence")
            .ShouldBe(
                "1 member requests the resumption. A/RES/ES-11/1 names no majority: the President of the Assembly resumes the session upon request."
            );
    }

    [Test]
    public async Task A_regular_session_counts_nothing()
    {
        using var app = new App();
        var report = await app.Anonymous.GetJson("/v1/sessions/81/convening");
        (report.Field("council"), report.Field("members"), report.Flag("met")).ShouldBe((null, null, true));
        report["regions"]!.AsArray().ShouldBeEmpty();
        report.Text("countedOn").ShouldBeNull("the day on which it opened is not recorded");
        (await app.Anonymous.GetJson("/v1/sessions/82/convening")).Flag("met").ShouldBeNull();
        using var unknown = await app.Anonymous.GetAsync("/v1/sessions/99/convening");
        await unknown.ShouldBeProblem(404);
        using var language = await app.Anonymous.GetAsync("/v1/sessions/81/convening?lang=de");
        await language.ShouldBeProblem(400, "lang");
    }

    [Test]
    public async Task A_session_that_convened_on_an_unknown_day_is_not_compared_with_the_members_of_today()
    {
        using var app = new App();
        await app
            .Services.GetRequiredService<Db>()
            .Write(write =>
                SessionStore.Insert(
                    write.Connection,
                    Session.FromName(SessionName.Parse("s-30")!, app.Clock.GetUtcNow())
                )
            );
        var report = await app.Anonymous.GetJson("/v1/sessions/s-30/convening");
        (report.Text("countedOn"), report.Flag("met")).ShouldBe((null, true));
        (report["members"]!.IntOrNull("of"), report["members"]!.IntOrNull("required")).ShouldBe((null, null));
        report["regions"]!.AsArray().ShouldBeEmpty();
        report.Text("sentence")!.ShouldStartWith("The session has convened.");
        ShouldBeUnknown(report);
        using var request = await app.Lobbyist.Put(
            "/v1/sessions/s-30/requests/NOR",
            new { requestedOn = "2020-01-01" }
        );
        (await request.ShouldBeProblem(400, "requestedOn"))["errors"]!.ToJsonString().ShouldContain("openedOn");
        (await app.Anonymous.GetStringAsync("/sessions/s-30")).ShouldNotContain("193");
    }

    private static void ShouldBeUnknown(JsonNode report)
    {
        var members = report["members"]!;
        (members.IntOrNull("requests"), members.IntOrNull("missing"), members.Flag("met")).ShouldBe((null, null, null));
        report["regions"]!.AsArray().ShouldAllBe(region => region!.IntOrNull("requests") == null);
    }
}
