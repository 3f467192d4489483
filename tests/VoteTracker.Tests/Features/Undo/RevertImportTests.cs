using System.Globalization;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Stances;
using static VoteTracker.Tests.Features.Stances.StanceImports;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>An import is undone as a whole: what has changed since is named, and stays as it is on request.</summary>
[EveryEngine]
public sealed class RevertImportTests
{
    internal const string Three =
        "iso3,position,certainty,evidence,note\nDZA,no,likely,call,first\nBRA,no,likely,call,second\nKEN,abstain,leaning,call,third\n";

    [Test]
    public async Task Every_stance_that_an_import_changed_gets_the_content_from_before()
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await LoadStances(app, id);
        var import = await Imported(app, id, Three);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"));

        var done = await reverted.Done();
        done.States("changes").ShouldBe(["DZA", "BRA", "KEN"]);
        (done.Int("unchanged"), done.Flag("dryRun"), done.States("skipped").Count).ShouldBe((0, false, 0));
        done.Field("before")!.ToJsonString().ShouldBe(import.Field("after")!.ToJsonString());
        done.Field("after")!
            .ToJsonString()
            .ShouldBe((await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString());
        var after = await LoadStances(app, id);
        foreach (var (iso3, stance) in after)
        {
            Content(stance).ShouldBe(Content(before[iso3]), iso3);
        }
        after["KEN"].Text("position").ShouldBe("unknown");
        after["DZA"].Text("changedBy").ShouldBe("coordinator");
        var history = await app.Viewer.GetItems($"{UndoRequests.StanceOf(id, "DZA")}/history");
        history[^1]
            .Text("reason")
            .ShouldBe($"import {import.Text("id")} reverted: version {before["DZA"].Int("version")} restored");
        history[^1].Int("restored").ShouldBe(before["DZA"].Int("version"));
        history[^2].Text("import").ShouldBe(import.Text("id"));
        (await app.Viewer.GetItems("/v1/changes?limit=1000"))
            .TakeLast(3)
            .Select(c => (c.Text("kind"), c.Text("memberState")))
            .ShouldBe([("stance", "DZA"), ("stance", "BRA"), ("stance", "KEN")]);

        using var again = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=true");
        var problem = await again.ShouldBeProblem(409);
        problem.Text("type").ShouldBe("/problems/import-reverted");
        problem.Text("detail")!.ShouldContain(import.Text("id")!);
        var listed = (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/imports")).ShouldHaveSingleItem();
        (listed.Text("revertedBy"), listed.Int("undone")).ShouldBe(("coordinator", 3));
        listed.Moment("revertedAt").ShouldBe(app.Clock.GetUtcNow());
    }

    [Test]
    public async Task A_stance_that_has_changed_since_is_named_and_nothing_is_reverted()
    {
        using var app = new App();
        var id = await Campaign(app);
        var import = await Imported(app, id, Three);
        var newer = await app.Lobbyist.RecordStance(id, "BRA", "undecided");
        // The same content as the import, but a new statement of another user.
        using var confirmed = await app.Lobbyist.Put(
            UndoRequests.StanceOf(id, "KEN"),
            new
            {
                position = "abstain",
                certainty = "leaning",
                evidence = "call",
                note = "third",
            }
        );
        confirmed.EnsureSuccessStatusCode();
        var before = await State(app, id);

        using var refused = await app.Coordinator.RevertImport(id, import.Text("id"));

        var problem = await refused.ShouldBeProblem(409);
        problem.Text("type").ShouldBe("/problems/changed-since");
        problem.States("stances").ShouldBe(["BRA", "KEN"]);
        problem.Text("detail")!.ShouldContain("BRA, KEN");
        var conflict = problem.Field("stances")![0]!;
        (conflict.Text("why"), conflict.Field("current")!.Text("position")).ShouldBe(("moved-on", "undecided"));
        conflict.Field("current")!.Int("version").ShouldBe(newer.Int("version"));
        conflict.Text("detail")!.ShouldContain(newer.Int("version").ToString(CultureInfo.InvariantCulture));
        (await State(app, id)).ShouldBe(before);

        using var skipping = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=true");
        var done = await skipping.Done();
        (done.States("changes").ShouldHaveSingleItem(), done.States("skipped").Count).ShouldBe(("DZA", 2));
        var after = await LoadStances(app, id);
        (after["DZA"].Text("position"), after["BRA"].Text("position"), after["KEN"].Text("position")).ShouldBe(
            ("yes", "undecided", "abstain")
        );
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/imports"))[0].Int("undone").ShouldBe(1);
    }

    [Test]
    public async Task A_stance_that_its_author_recorded_again_with_the_same_content_is_reverted()
    {
        using var app = new App();
        var id = await Campaign(app);
        var import = await Imported(app, id, "iso3,position,certainty,evidence,note\nKEN,no,likely,call,\n");
        using var author = app.Coordinator;
        var again = await author.RecordStance(id, "KEN", "no", "likely", "call");
        again.Int("version").ShouldNotBe(0);
        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"));
        (await reverted.Done()).States("changes").ShouldBe(["KEN"]);
    }

    [Test]
    public async Task An_import_of_which_everything_was_skipped_can_still_be_reverted()
    {
        using var app = new App();
        var id = await Campaign(app);
        var import = await Imported(app, id, "iso3,position\nDZA,no\n");
        var imported = (await LoadStances(app, id))["DZA"].Int("version");
        await app.Lobbyist.RecordStance(id, "DZA", "undecided");
        using var skipped = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=true");
        (await skipped.Done()).States("changes").ShouldBeEmpty();
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/imports"))[0].Text("revertedAt").ShouldBeNull();
        // Restored to the version of the import, it has not changed since.
        using var restored = await app.Lobbyist.RevertStance(id, "DZA", new { version = imported });
        restored.EnsureSuccessStatusCode();
        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"));
        (await reverted.Done()).States("changes").ShouldBe(["DZA"]);
        (await LoadStances(app, id))["DZA"].Text("position").ShouldBe("yes");
    }

    [Test]
    public async Task Imports_are_reverted_from_the_last_to_the_first()
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await LoadStances(app, id);
        var first = await Imported(app, id, Three);
        var second = await Imported(app, id, Three.Replace("likely", "confirmed", StringComparison.Ordinal));
        using var tooEarly = await app.Coordinator.RevertImport(id, first.Text("id"));
        (await tooEarly.ShouldBeProblem(409)).States("stances").ShouldBe(["DZA", "BRA"]);
        using var last = await app.Coordinator.RevertImport(id, second.Text("id"));
        (await last.Done()).States("changes").ShouldBe(["DZA", "BRA"]);
        using var reverted = await app.Coordinator.RevertImport(id, first.Text("id"));
        (await reverted.Done()).States("changes").ShouldBe(["DZA", "BRA", "KEN"]);
        var after = await LoadStances(app, id);
        foreach (var iso3 in (string[])["DZA", "BRA", "KEN"])
        {
            Content(after[iso3]).ShouldBe(Content(before[iso3]), iso3);
        }
    }

    [Test]
    public async Task A_stance_that_already_has_the_content_from_before_is_unchanged()
    {
        using var app = new App();
        var id = await Campaign(app);
        var before = await LoadStances(app, id);
        var import = await Imported(app, id, Three);
        using var restored = await app.Lobbyist.RevertStance(id, "DZA", new { version = before["DZA"].Int("version") });
        restored.EnsureSuccessStatusCode();
        using var reverted = await app.Coordinator.RevertImport(id, import.Text("id"));
        var done = await reverted.Done();
        (done.Int("unchanged"), done.States("changes").Count).ShouldBe((1, 2));
    }

    [Test]
    public async Task An_import_that_ten_clients_revert_at_once_is_reverted_once()
    {
        using var app = new App();
        var id = await Campaign(app);
        var import = await Imported(app, id, Three);
        var changes = (await app.Viewer.GetItems("/v1/changes?limit=1000")).Count;
        using var client = app.Coordinator;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => client.RevertImport(id, import.Text("id")))
        );
        answers.Select(a => (int)a.StatusCode).Order().ShouldBe([200, .. Enumerable.Repeat(409, 9)]);
        (await app.Viewer.GetItems("/v1/changes?limit=1000")).Count.ShouldBe(changes + 3);
    }

    [Test]
    public async Task A_dry_run_shows_what_the_revert_does_and_changes_nothing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "DZA", "yes");
        var import = await Imported(app, id, Three);
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        var before = await State(app, id);
        using var tried = await app.Coordinator.RevertImport(id, import.Text("id"), "?dryRun=true&skipChanged=true");
        var would = await tried.Done();
        (await State(app, id)).ShouldBe(before);
        (would.Flag("dryRun"), would.Flag("turns")).ShouldBe((true, true));
        using var conflict = await app.Coordinator.RevertImport(id, import.Text("id"), "?dryRun=true");
        await conflict.ShouldBeProblem(409);
        using var meant = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=true&dryRun=false");
        var did = await meant.Done();
        did["dryRun"] = true;
        did.ToJsonString().ShouldBe(would.ToJsonString());
    }

    [Test]
    public async Task A_member_that_may_not_vote_now_is_named_and_skipped_on_request()
    {
        using var app = new App();
        var id = await Campaign(app);
        var import = await Imported(app, id, Three);
        foreach (var iso3 in (string[])["DZA", "KEN"])
        {
            using var barred = await app.Coordinator.Put(
                $"/v1/member-states/{iso3}/ineligibility",
                new { from = "2026-11-01", reason = "article-19" }
            );
            barred.EnsureSuccessStatusCode();
        }
        using var refused = await app.Coordinator.RevertImport(id, import.Text("id"));
        // KEN becomes unknown, which is allowed as with DELETE.
        var conflict = (await refused.ShouldBeProblem(409)).Field("stances")!.AsArray().ShouldHaveSingleItem()!;
        (conflict.Text("memberState"), conflict.Text("why")).ShouldBe(("DZA", "may-not-vote"));
        using var skipping = await app.Coordinator.RevertImport(id, import.Text("id"), "?skipChanged=true");
        (await skipping.Done()).States("skipped").ShouldBe(["DZA"]);
        (await LoadStances(app, id))["KEN"].Text("position").ShouldBe("unknown");
    }

    internal static async Task<JsonNode> Imported(App app, string id, string csv)
    {
        using var answer = await Import(app, id, csv);
        var import = await Done(answer);
        import.Text("id").ShouldNotBeNull();
        return import;
    }

    private static string Content(JsonObject stance)
    {
        var rest = (JsonObject)stance.DeepClone();
        foreach (var field in (string[])["version", "changedBy", "changedAt"])
        {
            rest.Remove(field);
        }
        return rest.ToJsonString();
    }
}
