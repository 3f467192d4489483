using static VoteTracker.Tests.Features.Stances.StanceImports;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>An import does not overwrite newer stances, stances of members without a vote, or contacts that the table lacks.</summary>
[EveryEngine]
public sealed class ImportConflictsTests
{
    [Test]
    public async Task A_newer_change_of_another_user_is_not_overwritten()
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        // Meanwhile: NOR, which is edited here too; BRA, which is not; and KEN, just as it is edited here.
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        await app.Lobbyist.RecordStance(id, "BRA", "undecided");
        await app.Lobbyist.RecordStance(id, "KEN", "abstain");
        sheet["NOR", "position"] = "abstain";
        sheet["KEN", "position"] = "abstain";
        sheet["KEN", "certainty"] = "confirmed";
        sheet["KEN", "evidence"] = "meeting";
        sheet["ZAF", "position"] = "absent";
        var before = await State(app, id);

        using var refused = await Import(app, id, sheet.Save(Habits.All[2]));
        var problem = await refused.ShouldBeProblem(409);

        problem.Text("type").ShouldBe("/problems/lines-conflict");
        var line = problem.Field("lines")!.AsArray().ShouldHaveSingleItem()!;
        (line.Text("memberState"), line.Text("why")).ShouldBe(("NOR", "moved-on"));
        line.Int("line").ShouldBe(2 + sheet.Rows.FindIndex(r => r[sheet.Header.IndexOf("iso3")] == "NOR"));
        line.Field("current")!.Text("position").ShouldBe("no");
        problem.Text("detail")!.ShouldContain("NOR");
        (await State(app, id)).ShouldBe(before, "a conflict rejects all lines, also that of ZAF");

        sheet["NOR", "version"] = line.Field("current")!
            .Int("version")
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var corrected = await Import(app, id, sheet.Save(Habits.All[2]));
        (await Done(corrected))
            .Field("changes")!
            .AsArray()
            .Select(c => c!.Text("memberState"))
            .ShouldBeInAnyOrder(["NOR", "ZAF"]);
        var after = await LoadStances(app, id);
        after["BRA"].Text("position").ShouldBe("undecided", "a stance that was not edited keeps its newer value");
        after["NOR"].Text("position").ShouldBe("abstain");
    }

    [Test]
    public async Task A_line_without_a_version_is_compared_with_the_current_stance()
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        sheet.Drop("version");
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        sheet["NOR", "position"] = "abstain";
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        await Done(answer);
        (await LoadStances(app, id))["NOR"].Text("position").ShouldBe("abstain");
    }

    [Test]
    public async Task A_member_that_may_not_vote_is_in_the_table_and_cannot_be_edited()
    {
        using var app = new App();
        var id = await Campaign(app);
        using var barred = await app.Coordinator.Put(
            "/v1/member-states/NOR/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        barred.EnsureSuccessStatusCode();
        var sheet = await Export(app, id);
        sheet["NOR", "ineligible"].ShouldBe("article-19");
        using var fine = await Import(app, id, sheet.Save(Habits.All[0]));
        await Done(fine);
        sheet["NOR", "position"] = "abstain";
        sheet["ZAF", "position"] = "absent";
        var before = await State(app, id);
        using var refused = await Import(app, id, sheet.Save(Habits.All[0]), "?dryRun=true");
        var line = (await refused.ShouldBeProblem(409)).Field("lines")!.AsArray().ShouldHaveSingleItem()!;
        (line.Text("memberState"), line.Text("why")).ShouldBe(("NOR", "may-not-vote"));
        line.Text("detail")!.ShouldContain("article-19");
        (await State(app, id)).ShouldBe(before);
    }

    [Test]
    public async Task A_table_exported_by_a_viewer_deletes_no_contacts()
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await LoadStances(app, id);
        before["NOR"].Field("contact").ShouldNotBeNull();
        var sheet = Sheet.Open(await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv"));
        sheet["NOR", "contact"].ShouldBeEmpty();
        sheet["NOR", "position"] = "abstain";
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        (await Done(answer)).Field("changes")!.AsArray().ShouldHaveSingleItem();
        (await LoadStances(app, id))["NOR"].Text("contact").ShouldBe(before["NOR"].Text("contact"));
    }

    [Test]
    public async Task After_the_vote_nothing_is_imported()
    {
        using var app = new App();
        var id = await Campaign(app);
        var sheet = await Export(app, id);
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
        using var answer = await Import(app, id, sheet.Save(Habits.All[0]));
        (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
        using var nowhere = await Import(app, "nowhere", sheet.Save(Habits.All[0]));
        await nowhere.ShouldBeProblem(404);
    }
}
