using VoteTracker.Tests.Endpoints.Tables;
using VoteTracker.Tests.Features.Stances;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Co-sponsors are imported from a list.</summary>
[EveryEngine]
public sealed class ImportCoSponsorsTests
{
    [Test]
    public async Task Co_sponsors_are_recorded_by_names_and_only_edited_cells_change()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/co-sponsors";
        using var recorded = await app.Lobbyist.Put(
            $"{path}/KEN",
            new
            {
                status = "committed",
                role = "main",
                note = "Said so.",
            }
        );
        recorded.EnsureSuccessStatusCode();
        const string csv =
            "Country,Status,Since,Region\nCape Verde,signed,2026-11-20,Africa\nPalestine,approached,,\nKenya,Has signed,,Africa\nGhana,,,Africa\n";
        var before = await app.ReadAll(id);
        var tried = await app.Imported(path, csv, "?dryRun=true");
        (await app.ReadAll(id)).ShouldBe(before);
        tried
            .Changes()
            .ShouldBe([
                "2 CPV status:  → signed, role:  → additional, since:  → 2026-11-20",
                "3 PSE status:  → approached, role:  → additional",
                "4 KEN status: committed → signed",
            ]);
        var done = await app.Imported(path, csv);
        done.Changes().ShouldBe(tried.Changes());
        (done.Int("lines"), done.Int("unchanged"), done.Flag("dryRun")).ShouldBe((4, 1, false));
        var kenya = await app.Lobbyist.GetJson($"{path}/KEN");
        (kenya.Text("status"), kenya.Text("role"), kenya.Text("note"), kenya.Text("changedBy")).ShouldBe(
            ("signed", "main", "Said so.", "lobbyist")
        );
        (await app.Lobbyist.GetJson($"/v1/resolutions/{id}/tally")).Int("coSponsors").ShouldBe(2);
        (await app.Imported(path, csv)).Changes().ShouldBeEmpty();
        (await app.Imported(path, "Country,Status,Withdrawn\nKenya,withdrawn,2026-11-21\n"))
            .Changes()
            .ShouldBe(["2 KEN status: signed → withdrawn, withdrawn_on:  → 2026-11-21"]);
    }

    [Test]
    public async Task Every_wrong_line_is_named_and_nothing_changes()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/co-sponsors";
        var before = await app.ReadAll(id);
        using var answer = await app.Import(
            path,
            $"""
            Country,Status,Role,Since,Withdrawn on,Note,resolution,version
            Norway,keen,,,,,,
            Sweden,,lead sponsor,,,,,
            Denmark,signed,,20/11/2026,,,,
            Finland,signed,,,2026-11-20,,,
            Korea,signed,,,,,,
            Yugoslavia,signed,,,,,,
            Iceland,signed,,,,NA,,
            Norway,signed,,,,,,
            Kenya,signed,,,,,es-10-l-99,
            Ghana,signed,,,,,,v1
            """
        );
        (await answer.WrongLines()).ShouldBe([
            "line 2, status: must be one of wanted, approached, committed, signed, withdrawn; found 'keen'",
            "line 3, status: is required: one of wanted, approached, committed, signed, withdrawn",
            "line 4, since: must be a day such as 2026-11-21; found '20/11/2026'",
            "line 5, withdrawn_on ('withdrawn on'): must be null unless the status is withdrawn",
            "line 6, member_state ('country'): must name one state; 'Korea' can be Republic of Korea (KOR) or Democratic People's Republic of Korea (PRK)",
            "line 7, member_state ('country'): must name a member of today or an observer; found 'Yugoslavia'",
            "line 8, note: must not be 'NA', which programs write for a missing value; leave the cell empty",
            "line 9, member_state ('country'): must be unique; NOR is also on line 2",
            $"line 10, resolution: must be {id}, the resolution of this address; found 'es-10-l-99'",
            "line 11, version: must be a version, as in the export, or empty; found 'v1'",
        ]);
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task A_row_of_an_export_that_another_user_changed_since_then_is_a_conflict()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/co-sponsors";
        var sheet = Sheet.Open(await app.Lobbyist.GetStringAsync($"/v1/resolutions/{id}/export/co-sponsors.csv"));
        (sheet["NOR", "status"], sheet["NOR", "role"], sheet["KEN", "status"], sheet["KEN", "role"]) = (
            "signed",
            "main",
            "wanted",
            "main"
        );
        using var other = await app.Coordinator.Put($"{path}/NOR", new { status = "approached", role = "main" });
        other.EnsureSuccessStatusCode();
        sheet["NOR", "version"] = "1";
        var before = await app.ReadAll(id);
        using var answer = await app.Import(path, sheet.Save(Habits.All[0]));
        var problem = await answer.ShouldBeProblem(409);
        problem.Text("type").ShouldBe("/problems/lines-conflict");
        problem["lines"]!.AsArray().Single()!.Text("memberState").ShouldBe("NOR");
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task A_row_has_the_text_that_the_state_signed()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/co-sponsors";
        await app.Imported(path, "Country,Status\nKenya,signed\nGhana,approached\n");
        using var revised = await app.Coordinator.Patch($"/v1/resolutions/{id}", """{"textVersion": "Rev.2"}""");
        revised.EnsureSuccessStatusCode();
        const string csv =
            "Country,Status,Revision,Note\nKenya,signed,,x\nGhana,signed,,\nNorway,signed,Rev.1,\nSweden,signed,original,\nDenmark,wanted,,\n";
        (await app.Imported(path, csv))
            .Changes()
            .ShouldBe([
                "2 KEN note:  → x",
                "3 GHA status: approached → signed, text_version:  → Rev.2",
                "4 NOR status:  → signed, role:  → additional, text_version:  → Rev.1",
                "5 SWE status:  → signed, role:  → additional",
                "6 DNK status:  → wanted, role:  → additional, text_version:  → Rev.2",
            ]);
        (await app.Imported(path, csv)).Changes().ShouldBeEmpty();
        var sheet = Sheet.Open(await app.Lobbyist.GetStringAsync($"/v1/resolutions/{id}/export/co-sponsors.csv"));
        string[] states = ["KEN", "GHA", "NOR", "SWE", "DNK", "FIN"];
        states.Select(s => sheet[s, "text_version"] ?? "").ShouldBe(["", "Rev.2", "Rev.1", "", "Rev.2", ""]);
        sheet["NOR", "text_version"] = "Rev.2";
        (await app.Imported(path, sheet.Save(Habits.All[0])))
            .Changes()
            .Single()
            .ShouldEndWith(" NOR text_version: Rev.1 → Rev.2");
    }

    [Test]
    public async Task A_text_that_the_draft_does_not_have_is_named_with_its_line()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { textVersion = "Rev.2" });
        var path = $"/v1/resolutions/{id}/co-sponsors";
        var before = await app.ReadAll(id);
        using var answer = await app.Import(
            path,
            "Country,Status,Text version\nNorway,signed,Rev.3\nSweden,signed,second\nKenya,signed,Rev.2\n"
        );
        (await answer.WrongLines()).ShouldBe([
            "line 2, text_version ('text version'): must be original, or a revision up to Rev.2, the current text of the resolution; found 'Rev.3'",
            "line 3, text_version ('text version'): must be original, or a revision up to Rev.2, the current text of the resolution; found 'second'",
        ]);
        (await app.ReadAll(id)).ShouldBe(before);
    }
}
