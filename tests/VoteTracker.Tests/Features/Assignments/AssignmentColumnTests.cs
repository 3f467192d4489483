using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Stances;
using VoteTracker.Tests.Features.Undo;

namespace VoteTracker.Tests.Features.Assignments;

/// <summary>The column `assignee` in tables of stances.</summary>
[EveryEngine]
public sealed class AssignmentColumnTests
{
    [Test]
    public async Task A_list_assigns_states_also_without_a_position()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        using var answer = await StanceImports.Import(
            app,
            draft,
            "iso3,position,certainty,evidence,assignee\nNOR,yes,likely,call,Zoe\nFRA,,,,zoe\nKEN,no,likely,call,\n"
        );
        var done = await answer.Done();
        done["changes"]!
            .AsArray()
            .Select(c => $"{c!["memberState"]} {string.Join(' ', c["fields"]!.AsArray().Select(f => f!["field"]))}")
            .ShouldBe(["NOR position certainty evidence assignee", "FRA assignee", "KEN position certainty evidence"]);
        (await Assignees(app, draft)).ShouldBe(["FRA unknown Zoe", "NOR yes Zoe"]);
    }

    [Test]
    public async Task A_table_that_was_not_edited_changes_nothing()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        using var coordinator = app.Coordinator;
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        await Assign(zoe, draft, "NOR", "Zoe");
        var csv = await Export(app, draft);
        await Assign(zoe, draft, "NOR", "lobbyist");
        using var same = await StanceImports.Import(app, draft, csv);
        (await same.Done())["changes"]!.AsArray().ShouldBeEmpty();
        (await Assignees(app, draft)).ShouldBe(["NOR unknown lobbyist"]);
        var before = Databases.Dump(app.Folder);
        using var edited = await StanceImports.Import(
            app,
            draft,
            csv.Replace(",Zoe,1", ",coordinator,1", StringComparison.Ordinal)
        );
        var problem = await edited.ShouldBeProblem(409);
        problem["lines"]![0]!["detail"]!.GetValue<string>().ShouldContain("version 1 of the assignment");
        Databases.Dump(app.Folder).ShouldBe(before);
    }

    [Test]
    public async Task Every_wrong_assignee_is_named_with_its_line()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Coordinator.GetJson("/v1/me");
        var before = Databases.Dump(app.Folder);
        using var answer = await StanceImports.Import(
            app,
            draft,
            "iso3,assignee,assignment_version\nNOR,Nobody,\nFRA,me,9\nSUN,me,\n"
        );
        var text = (await answer.ShouldBeProblem(400)).ToJsonString();
        foreach (var part in (string[])["Nobody", "assignment_version", "SUN"])
        {
            text.ShouldContain(part);
        }
        Databases.Dump(app.Folder).ShouldBe(before);
    }

    [Test]
    public async Task A_reverted_import_restores_the_assignees_too()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        using var coordinator = app.Coordinator;
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        await Assign(zoe, draft, "NOR", "lobbyist");
        var before = await Export(app, draft);
        using var answer = await StanceImports.Import(
            app,
            draft,
            "iso3,position,certainty,evidence,assignee\nNOR,yes,likely,call,Zoe\nFRA,,,,Zoe\n"
        );
        var import = (await answer.Done()).Text("id");
        (await Assignees(app, draft)).ShouldBe(["FRA unknown Zoe", "NOR yes Zoe"]);
        await Assign(zoe, draft, "FRA", "coordinator");
        using var refused = await app.Coordinator.RevertImport(draft, import);
        await refused.ShouldBeProblem(409);
        (await Assignees(app, draft)).ShouldBe(["FRA unknown coordinator", "NOR yes Zoe"]);
        await Assign(zoe, draft, "FRA", "Zoe");
        using var skipped = await app.Coordinator.RevertImport(draft, import, "?skipChanged=true");
        (await skipped.Done())["skipped"]!.AsArray().ShouldHaveSingleItem();
        (await Assignees(app, draft)).ShouldBe(["FRA unknown Zoe", "NOR unknown lobbyist"]);
        before.ShouldContain(",lobbyist,1");
    }

    private static async Task Assign(HttpClient client, string draft, string iso3, string assignee)
    {
        using var answer = await client.Put($"/v1/resolutions/{draft}/assignments/{iso3}", new { assignee });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static Task<string> Export(App app, string draft) =>
        app.Coordinator.GetStringAsync($"/v1/resolutions/{draft}/export/stances.csv");

    private static async Task<string[]> Assignees(App app, string draft) =>
        [
            .. (await app.Viewer.GetItems($"/v1/resolutions/{draft}/stances"))
                .Where(s => s["assignee"] is not null)
                .Select(s => $"{s["memberState"]} {s["position"]} {s["assignee"]}"),
        ];
}
