using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Exports;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>After the Library's roll call is imported, it counts instead of the one that the campaign entered for the resolution.</summary>
[EveryEngine]
public sealed class ReplacedRollCallTests
{
    [Test]
    public async Task A_draft_is_found_by_its_symbol_although_it_has_another_since_its_adoption()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft(new { session = "78", rule = "simple-majority" }, "A/78/L.5");
        await app.Enter(id, "2023-11-02", ("ZAF", "yes"), ("USA", "yes"));
        var entered = app.Clock.GetUtcNow();
        var table = $"/v1/resolutions/{id}/export/roll-call.csv?asOf={entered.Iso()}";
        var before = await app.Viewer.GetStringAsync(table);
        app.Clock.Advance(TimeSpan.FromHours(1));

        var report = await coordinator.Imported(WithDraft("A/78/L.5"));
        Replaced(report).ShouldBe([id]);
        report["leftToUsers"]!.AsArray().Select(l => l!.GetValue<string>()).ShouldBe([id]);
        var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call");
        (rollCall.Text("source"), rollCall["totals"]!.Int("yes"), rollCall.Text("status")).ShouldBe(
            ("library", 187, "adopted")
        );
        var text = await app.Viewer.GetJson($"/v1/resolutions/{id}");
        (text.Text("symbol"), text.Text("title")).ShouldBe(("A/RES/78/7", "A draft"));

        // The vote is in the record once, and the past stays as it was.
        (await Exported.Csv(app.Anonymous, "/v1/export/resolutions.csv"))
            .Rows.Where(r => r["symbol"] == "A/RES/78/7")
            .Select(r => r["resolution"])
            .ShouldBe([id]);
        (await app.Viewer.GetStringAsync(table)).ShouldBe(before);
        (await coordinator.Imported(new VotingFile())).Int("textsAdded").ShouldBe(0, "it is found by its new symbol");
        using var byNumber = await app.Anonymous.GetAsync("/v1/resolutions/78-7");
        ((int)byNumber.StatusCode).ShouldBe(404);
    }

    [Test]
    public async Task A_draft_without_a_vote_or_with_several_votes_in_the_file_is_another_resolution()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var open = await app.OpenDraft(new { session = "78", rule = "simple-majority" }, "A/78/L.5");
        var several = await app.OpenDraft(new { session = "78", rule = "simple-majority" }, "A/78/L.6");
        await app.Enter(several, "2023-11-02", ("ZAF", "yes"));
        var file = WithDraft("A/78/L.5");
        Draft(file, "A/RES/78/6", "A/78/L.6");
        Draft(file, "A/RES/78/21", "A/78/L.6");
        var report = await coordinator.Imported(file);
        Replaced(report).ShouldBeEmpty();
        (await app.Anonymous.GetJson("/v1/resolutions/78-7")).Text("basis").ShouldBe("recorded-votes");
        (await app.Anonymous.GetJson("/v1/resolutions/78-6")).Text("basis").ShouldBe("recorded-votes");
        (await app.Viewer.GetJson($"/v1/resolutions/{open}")).Text("basis").ShouldBe("stances");
        (await app.Anonymous.GetJson($"/v1/resolutions/{several}/roll-call")).Text("source").ShouldBe("campaign");
    }

    // es-10-21 is shipped with the service, 78-7 is in the file.
    [TestCase("es-10-21", "2023-10-27", 120)]
    [TestCase("78-7", "2023-11-02", 187)]
    public async Task It_counts_again_if_the_campaign_entered_another_roll_call(string id, string day, int yes)
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        await coordinator.Imported(new VotingFile());
        using var entered = await coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            JsonNode.Parse(
                $$"""{"recordedOn": "{{day}}", "status": "not-adopted", "votes": [{"memberState": "ZAF", "vote": "no"}]}"""
            )!
        );
        entered.IsSuccessStatusCode.ShouldBeTrue(await entered.Content.ReadAsStringAsync());
        (await app.Anonymous.GetJson($"/v1/resolutions/{id}")).Text("status").ShouldBe("not-adopted");
        Replaced(await coordinator.Imported(new VotingFile())).ShouldBe([id]);
        var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call");
        (rollCall.Text("source"), rollCall["totals"]!.Int("yes"), rollCall.Text("status")).ShouldBe(
            ("library", yes, "adopted")
        );
        (await coordinator.Imported(new VotingFile())).Flag("changedNothing").ShouldBe(true);
    }

    private static VotingFile WithDraft(string draft)
    {
        var file = new VotingFile();
        Draft(file, "A/RES/78/7", draft);
        return file;
    }

    private static void Draft(VotingFile file, string symbol, string draft)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            file.Lines[i] = file.Lines[i].Replace($",{symbol},,", $",{symbol},{draft},", StringComparison.Ordinal);
        }
        file.Text.ShouldContain($",{symbol},{draft},");
    }

    private static List<string> Replaced(JsonNode report) =>
        [.. report["replacedRollCalls"]!.AsArray().Select(r => r!.Text("resolution")!)];
}
