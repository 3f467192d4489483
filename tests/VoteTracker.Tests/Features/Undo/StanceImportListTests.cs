using static VoteTracker.Tests.Features.Stances.StanceImports;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>An import can be found again, with its author and the stances that it changed.</summary>
[EveryEngine]
public sealed class StanceImportListTests
{
    [Test]
    public async Task Imports_that_changed_something_are_listed_the_newest_first()
    {
        using var app = new App();
        var id = await Campaign(app);
        var path = $"/v1/resolutions/{id}/stances/imports";
        var ids = new List<string>();
        foreach (var position in (string[])["no", "abstain", "absent"])
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            using var answer = await Import(app, id, $"iso3,position\nDZA,{position}\n");
            ids.Insert(0, (await Done(answer)).Text("id")!);
        }
        using var tried = await Import(app, id, "iso3,position\nDZA,yes\n", "?dryRun=true");
        (await Done(tried)).Text("id").ShouldBeNull();
        using var same = await Import(app, id, "iso3,position\nDZA,absent\n");
        (await Done(same)).Text("id").ShouldBeNull();

        var imports = await app.Viewer.GetPages(path + "?limit=2", limit: 2);

        imports.Select(i => i.Text("id")).ShouldBe(ids);
        imports.ShouldAllBe(i => i.Text("importedBy") == "coordinator" && i.Int("changes") == 1);
        imports[0].Moment("importedAt").ShouldBe(app.Clock.GetUtcNow());
        imports.ShouldAllBe(i => !i.AsObject().ContainsKey("stances"));
        var other = await app.OpenDraft(new { id = "another" }, "A/ES-10/L.35");
        (await app.Viewer.GetItems($"/v1/resolutions/{other}/stances/imports")).ShouldBeEmpty();
        using var cursor = await app.Viewer.GetAsync(path + "?limit=0&cursor=x");
        await cursor.ShouldBeProblem(400, "limit", "cursor");
    }

    [Test]
    public async Task An_import_shows_the_stances_that_it_changed_and_contacts_to_lobbyists_only()
    {
        using var app = new App();
        var id = await Campaign(app);
        var contact = (await LoadStances(app, id))["NOR"].Text("contact");
        using var answer = await Import(
            app,
            id,
            $"iso3,position,certainty,evidence,contact\nDZA,no,likely,call,{contact}\nKEN,yes,leaning,meeting,\n"
        );
        var importId = (await Done(answer)).Text("id");
        var path = $"/v1/resolutions/{id}/stances/imports/{importId}";

        var import = await app.Lobbyist.GetJson(path);

        (import.Int("changes"), import.Text("revertedAt")).ShouldBe((2, null));
        import.States("stances").ShouldBe(["DZA", "KEN"]);
        import
            .Field("stances")!
            .AsArray()
            .Select(s => s!.Int("version"))
            .ShouldBe([import.Int("firstVersion"), import.Int("lastVersion")]);
        Fields(import, 0).ShouldContain($"contact:  → {contact}");
        Fields(import, 1).ShouldBe("position: unknown → yes, certainty:  → leaning, evidence:  → meeting");
        var seen = await app.Viewer.GetJson(path);
        Fields(seen, 0).ShouldNotContain("contact");
        seen.ToJsonString().ShouldNotContain(contact!);
    }

    private static string Fields(System.Text.Json.Nodes.JsonNode import, int index) =>
        string.Join(
            ", ",
            import.Field("stances")![index]!
                .Field("fields")!
                .AsArray()
                .Select(f => $"{f!.Text("field")}: {f!.Text("from")} → {f!.Text("to")}")
        );
}
