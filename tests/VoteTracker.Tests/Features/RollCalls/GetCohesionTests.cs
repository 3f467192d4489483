using System.Net;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.RollCalls;

[EveryEngine]
public sealed class GetCohesionTests
{
    [TestCase("regional-group")]
    [TestCase("bloc")]
    [TestCase("nam")]
    public async Task Each_row_has_the_counts_of_the_breakdown_and_the_indices_of_its_counts(string by)
    {
        using var app = new App();
        var report = await app.Anonymous.GetJson($"/v1/resolutions/es-10-27/cohesion?by={by}");
        var breakdown = await app.Anonymous.GetJson($"/v1/resolutions/es-10-27/breakdown?by={by}");
        report.Text("by").ShouldBe(by);
        report.Text("groupsAsOf").ShouldBe(breakdown.Text("groupsAsOf"));
        report.Text("riceFormula")!.ShouldContain("|Y - N| / (Y + N)");
        report.Text("agreementFormula")!.ShouldContain("Hix, Noury and Roland 2005");
        var rows = report.Field("rows")!.AsArray().Select(r => r!).ToList();
        rows.Select(r =>
                (r.Text("group"), r.Int("members"), r.Int("yes"), r.Int("no"), r.Int("abstain"), r.Int("nonVoting"))
            )
            .ShouldBe(
                breakdown
                    .Field("rows")!
                    .AsArray()
                    .Select(r =>
                        (
                            r!.Text("group"),
                            r!.Int("members"),
                            r!.Int("yes"),
                            r!.Int("no"),
                            r!.Int("abstain"),
                            r!.Int("absent")
                        )
                    )
            );
        foreach (var row in rows.Append(report.Field("assembly")!))
        {
            var (yes, no, abstain) = (row.Int("yes"), row.Int("no"), row.Int("abstain"));
            Index(row, "riceIndex").ShouldBe(VoteTracker.Voting.Records.Cohesion.Rice(yes, no));
            Index(row, "agreementIndex").ShouldBe(VoteTracker.Voting.Records.Cohesion.Agreement(yes, no, abstain));
        }
        var all = report.Field("assembly")!;
        (all.Text("group"), all.Int("members"), all.Int("yes"), all.Int("no"), all.Int("abstain")).ShouldBe(
            ("all", 193, 149, 12, 19)
        );
        Index(all, "riceIndex").ShouldBe(0.8509m);
        Index(all, "agreementIndex").ShouldBe(0.7417m);
    }

    [Test]
    public async Task A_reader_with_the_current_version_gets_304()
    {
        using var app = new App();
        const string path = "/v1/resolutions/es-10-27/cohesion";
        using var first = await app.Anonymous.GetAsync(path);
        using var again = await app.Anonymous.Send(HttpMethod.Get, path, ifMatch: null, ifNoneMatch: first.ETag()!);
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task Without_recorded_names_there_is_no_cohesion()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        var announced = (await app.Anonymous.GetItems("/v1/resolutions?limit=1000")).First(r =>
            r.Text("basis") == "announced"
        );
        foreach (var id in (string[])[draft, announced.Text("id")!, "nothing"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/cohesion");
            await answer.ShouldBeProblem(404);
        }
    }

    [TestCase("?by=continent")]
    [TestCase("?by=")]
    [TestCase("?by=nam&by=bloc")]
    public async Task A_scheme_that_is_none_is_a_400(string query)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/es-10-27/cohesion{query}");
        await answer.ShouldBeProblem(400, "by");
    }

    private static decimal? Index(JsonNode row, string name) => row.Field(name)?.GetValue<decimal>();
}
