using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Stances;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>A campaign's own list is imported as it is: names, everyday words, other columns.</summary>
[EveryEngine]
public sealed class ImportNamesTests
{
    [Test]
    public async Task A_list_of_193_names_is_imported_from_CSV_and_from_a_workbook(
        [Values("csv", "xlsx")] string format
    )
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var members = await app.Anonymous.GetItems("/v1/member-states?limit=1000");
        var rows = SampleList.Rows(members.Select(m => (m.Text("iso3")!, m.Text("name")!)));
        rows.Count.ShouldBe(193);
        var official = members.ToDictionary(m => m.Text("iso3")!, m => m.Text("name")!, StringComparer.Ordinal);
        rows.Count(row => row.Cells[0] != official[row.Iso3]).ShouldBe(28);
        var file =
            format == "csv"
                ? SampleList.Csv(rows.Select(r => r.Cells))
                : SampleList.Workbook(rows.Select(r => r.Cells));
        var before = await app.ReadAll(id);

        var tried = await app.Imported(OfStances(id), file, "?dryRun=true&max=193");

        (await app.ReadAll(id)).ShouldBe(before);
        tried["mappedColumns"]!
            .AsArray()
            .Select(c => $"{c!.Text("column")} > {c!.Text("readAs")}")
            .ShouldBe(["country > member_state", "vote > position", "how sure > certainty"]);
        tried["ignoredColumns"]!.AsArray().Select(c => c!.Text("column")).ShouldBe(["contacted by", "priority"]);
        tried.Flag("turns").ShouldBe(true);

        var done = await app.Imported(OfStances(id), file, "?max=193");

        Without(done, "id", "dryRun").ShouldBe(Without(tried, "id", "dryRun"));
        (done.Int("lines"), done.Int("unchanged"), done["changes"]!.AsArray().Count).ShouldBe((193, 0, 193));
        var stances = (await app.Lobbyist.GetItems($"/v1/resolutions/{id}/stances?limit=1000")).ToDictionary(
            s => s.Text("memberState")!,
            StringComparer.Ordinal
        );
        foreach (var row in rows)
        {
            var stance = stances[row.Iso3];
            (
                stance.Text("position"),
                stance.Text("certainty"),
                stance.Text("evidence"),
                stance.Text("changedBy")
            ).ShouldBe((row.Position, row.Certainty, "second-hand", "lobbyist"), string.Join('|', row.Cells));
        }
        var again = await app.Imported(OfStances(id), file);
        again["changes"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Names_in_six_languages_and_codes_identify_states()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var import = await app.Imported(
            OfStances(id),
            """
            Member State,Position
            Côte d'Ivoire,yes
            CORÉE DU SUD,yes
            sudafrica,no
            Российская Федерация,no
            中国,abstain
            إيران,abstain
            المملكة المتحدة,yes
            ken,yes
            GH,yes
            """
        );
        import["changes"]!
            .AsArray()
            .Select(c => c!.Text("memberState"))
            .ShouldBe(["CIV", "KOR", "ZAF", "RUS", "CHN", "IRN", "GBR", "KEN", "GHA"]);
        (await app.Imported(OfStances(id), "iso2,position\nno,yes\nNA,no\n")).Changes().Count().ShouldBe(2);
        (await app.Imported(OfStances(id), "m49,position\n4,yes\n012,no\n")).Changes().Count().ShouldBe(2);
    }

    [Test]
    public async Task Where_nothing_is_recorded_an_empty_certainty_and_evidence_have_defaults()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "KEN", "no");
        (await app.Imported(OfStances(id), "Country,Position\nNorway,yes\nKenya,yes\n", "?dryRun=true"))
            .Changes()
            .ShouldBe([
                "2 NOR position: unknown → yes, certainty:  → leaning, evidence:  → second-hand",
                "3 KEN position: no → yes, certainty: confirmed → leaning, evidence: meeting → second-hand",
            ]);
        (
            await app.Imported(
                OfStances(id),
                "Country,Position,Certainty\nNorway,yes?,\nKenya,no?,\n",
                "?dryRun=true&evidence=call"
            )
        )
            .Changes()
            .ShouldBe([
                "2 NOR position: unknown → yes, certainty:  → leaning, evidence:  → call",
                "3 KEN certainty: confirmed → leaning",
            ]);
        (await app.Imported(OfStances(id), "Country,Position\nKenya,yes\n", "?evidence=call"))
            .Changes()
            .ShouldBe(["2 KEN position: no → yes, certainty: confirmed → leaning, evidence: meeting → call"]);
        // A changed position whose cells are empty is as uncertain as a new one; a position that stays keeps them.
        (await app.Imported(OfStances(id), "Country,Position,Certainty,Evidence\nKenya,abstain,,\n", "?dryRun=true"))
            .Changes()
            .ShouldBe(["2 KEN position: yes → abstain, evidence: call → second-hand"]);
        (await app.Imported(OfStances(id), "Country,Position,Certainty,Evidence\nKenya,yes,,\n"))
            .Changes()
            .ShouldBeEmpty();
        using var wrong = await app.Import(OfStances(id), "Country,Position\nNorway,yes\n", "?evidence=gossip");
        await wrong.ShouldBeProblem(400, "evidence");
    }

    [Test]
    public async Task An_export_imported_unedited_changes_no_byte_of_the_export([Values("csv", "xlsx")] string format)
    {
        using var app = new App();
        var id = await OpenCampaign(app);
        var address = $"/v1/resolutions/{id}/export/stances.{format}";
        var export = await app.Lobbyist.GetByteArrayAsync(address);
        var csv = await app.Lobbyist.GetByteArrayAsync($"/v1/resolutions/{id}/export/stances.csv");
        var import = await app.Imported(OfStances(id), export);
        import["changes"]!.AsArray().ShouldBeEmpty(import["changes"]!.ToJsonString());
        import.Int("lines").ShouldBe(193);
        string[] others = format == "csv" ? [] : ["README"];
        import["otherSheets"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldBe(others);
        (await app.Lobbyist.GetByteArrayAsync($"/v1/resolutions/{id}/export/stances.csv")).ShouldBe(csv);
        var sponsors = await app.Lobbyist.GetByteArrayAsync($"/v1/resolutions/{id}/export/co-sponsors.{format}");
        var second = await app.Imported($"/v1/resolutions/{id}/co-sponsors", sponsors);
        second["changes"]!.AsArray().ShouldBeEmpty(second["changes"]!.ToJsonString());
    }

    private static async Task<string> OpenCampaign(App app)
    {
        var id = await StanceImports.Campaign(app);
        foreach (var (iso3, status) in ((string, string)[])[("NOR", "signed"), ("PSE", "wanted"), ("KEN", "withdrawn")])
        {
            using var recorded = await app.Lobbyist.Put(
                $"/v1/resolutions/{id}/co-sponsors/{iso3}",
                new
                {
                    status,
                    role = "main",
                    since = "2026-11-01",
                    note = "=1+1",
                }
            );
            recorded.EnsureSuccessStatusCode();
        }
        return id;
    }

    private static string Without(JsonNode import, params string[] fields)
    {
        var rest = import.DeepClone().AsObject();
        foreach (var field in fields)
        {
            rest.Remove(field);
        }
        return rest.ToJsonString();
    }

    [Test]
    public async Task A_changed_position_does_not_keep_the_evidence_of_the_old_one()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        // A draft with the votes of an earlier resolution as stances, each with a link to the record.
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        var before = await lobbyist.GetJson($"/v1/resolutions/{id}/stances/NOR");
        before["evidenceUrl"].ShouldNotBeNull();
        using var content = new StringContent("Country,Vote\nNorway,no\n", System.Text.Encoding.UTF8, "text/csv");
        using var answer = await lobbyist.PostAsync($"/v1/resolutions/{id}/stances/import", content);
        answer.EnsureSuccessStatusCode();
        var after = await lobbyist.GetJson($"/v1/resolutions/{id}/stances/NOR");
        after["position"]!.GetValue<string>().ShouldBe("no");
        after["certainty"]!.GetValue<string>().ShouldBe("leaning");
        after["evidence"]!.GetValue<string>().ShouldBe("second-hand");
        after["evidenceUrl"].ShouldBeNull();
    }
}
