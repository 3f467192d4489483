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
}
