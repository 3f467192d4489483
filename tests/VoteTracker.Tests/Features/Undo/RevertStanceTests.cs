using System.Net;
using System.Text;
using VoteTracker.Tests.Features.Stances;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>A version of a stance is restored as a new change, under the rules of PUT.</summary>
[EveryEngine]
public sealed class RevertStanceTests
{
    [Test]
    public async Task A_stance_gets_the_content_of_an_earlier_version_as_a_new_change()
    {
        using var app = new App();
        var id = await StanceImports.Campaign(app);
        var first = await app.Lobbyist.GetJson(UndoRequests.StanceOf(id, "NOR"));
        first.Text("contact").ShouldNotBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var mistake = await app.Lobbyist.RecordStance(id, "NOR", "no", "leaning", "second-hand");
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        using var reverted = await app.Lobbyist.RevertStance(
            id,
            "NOR",
            new { version = first.Version(), reason = "The wrong state" },
            $"\"{mistake.Version()}\""
        );

        var stance = await reverted.Done();
        stance.Version().ShouldBe(mistake.Version() + 1);
        reverted.ETag().ShouldBe($"\"{stance.Version()}\"");
        foreach (var field in (string[])["position", "certainty", "evidence", "evidenceUrl", "note", "contact"])
        {
            stance.Text(field).ShouldBe(first.Text(field), field);
        }
        stance.Moment("changedAt").ShouldBe(app.Clock.GetUtcNow());
        (await app.Lobbyist.GetJson(UndoRequests.StanceOf(id, "NOR"))).ToJsonString().ShouldBe(stance.ToJsonString());
        var history = await app.Viewer.GetItems($"{UndoRequests.StanceOf(id, "NOR")}/history");
        (history[^1].Text("from"), history[^1].Text("to")).ShouldBe(("no", "yes"));
        history[^1].Text("reason").ShouldBe($"version {first.Version()} restored: The wrong state");
        history[^1].Field("restored")!.GetValue<long>().ShouldBe(first.Version());
        history[^2].AsObject().ContainsKey("restored").ShouldBeFalse();
        var feed = (await app.Viewer.GetItems("/v1/changes?limit=1000"))[^1];
        (feed.Text("kind"), feed.Text("memberState"), feed.Version()).ShouldBe(("stance", "NOR", stance.Version()));
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Version().ShouldBe(stance.Version());
    }

    [Test]
    public async Task Version_0_makes_a_stance_unknown_and_changes_nothing_if_it_is()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var reverted = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 0 }, "\"2\"");
        var stance = await reverted.Done();
        (stance.Text("position"), stance.Text("certainty"), stance.Int("version")).ShouldBe(("unknown", null, 3));
        var history = await app.Viewer.GetItems($"{UndoRequests.StanceOf(id, "ZAF")}/history");
        (history[^1].Text("to"), history[^1].Text("reason"), history[^1].Int("restored")).ShouldBe(
            ("unknown", "version 0 restored", 0)
        );

        using var again = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 0 });
        (await again.Done()).Int("version").ShouldBe(3);
        again.ETag().ShouldBe("\"3\"");
        (await app.Viewer.GetItems($"{UndoRequests.StanceOf(id, "ZAF")}/history")).Count.ShouldBe(2);
        // The undo of the undo, and of a deletion.
        using var redone = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 2 }, "\"3\"");
        (await redone.Done()).Text("position").ShouldBe("yes");
    }

    [Test]
    public async Task A_restored_version_that_was_restored_itself_is_known_by_its_first_version()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        using var first = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 2 }, "\"3\"");
        await first.Done();
        await app.Lobbyist.RecordStance(id, "ZAF", "absent");
        using var second = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 4 }, "\"5\"");
        (await second.Done()).Text("position").ShouldBe("yes");
        var change = (await app.Viewer.GetItems($"{UndoRequests.StanceOf(id, "ZAF")}/history"))[^1];
        (change.Text("reason"), change.Int("restored")).ShouldBe(("version 4 restored", 2));
    }

    [Test]
    public async Task Without_the_current_version_nothing_is_restored()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        var before = await StanceImports.State(app, id);
        using var none = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 2 }, ifMatch: null);
        await none.ShouldBeProblem(428);
        using var old = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 2 }, "\"2\"");
        var current = (await old.ShouldBeProblem(412)).Field("current")!;
        (current.Text("position"), current.Int("version")).ShouldBe(("no", 3));
        (await StanceImports.State(app, id)).ShouldBe(before);
    }

    // Version 3 belongs to another state, and the resolution never had 99.
    [TestCase("""{"version": 3}""", "version", "found 3")]
    [TestCase("""{"version": 99}""", "version", "found 99")]
    [TestCase("""{"version": -1}""", "version", "0 for unknown")]
    [TestCase("""{"version": null}""", "version", "is required")]
    [TestCase("""{"version": "2"}""", "version", "described")]
    [TestCase("""{"version": 2.5}""", "version", "described")]
    [TestCase("""{"version": 99999999999999999999}""", "version", "described")]
    [TestCase("""{}""", "version", "is required")]
    [TestCase("""{"version": 2, "reason": " "}""", "reason", "empty")]
    [TestCase("""{"version": 2, "reasons": "x"}""", "reasons", "reason")]
    public async Task A_version_that_the_stance_never_had_is_named(string body, string field, string said)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        var before = await StanceImports.State(app, id);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{UndoRequests.StanceOf(id, "ZAF")}/revert")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await app.Lobbyist.SendAsync(request);
        (await answer.ShouldBeProblem(400, field)).Text("detail")!.ShouldContain(said);
        (await StanceImports.State(app, id)).ShouldBe(before);
    }

    [Test]
    public async Task After_the_vote_and_for_a_member_without_a_vote_nothing_is_restored()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        using var barred = await app.Coordinator.Put(
            "/v1/member-states/ZAF/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        barred.EnsureSuccessStatusCode();
        var before = await StanceImports.State(app, id);
        using var ineligible = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 2 });
        (await ineligible.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/ineligible");
        (await StanceImports.State(app, id)).ShouldBe(before);
        // As with DELETE.
        using var removed = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 0 });
        (await removed.Done()).Text("position").ShouldBe("unknown");

        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{id}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
        using var over = await app.Lobbyist.RevertStance(id, "ZAF", new { version = 2 });
        (await over.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
    }

    [TestCase("VAT")]
    [TestCase("XXX")]
    [TestCase("imports")]
    public async Task Only_a_member_of_an_existing_resolution_has_a_stance_to_restore(string iso3)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var state = await app.Lobbyist.RevertStance(id, iso3, new { version = 0 });
        await state.ShouldBeProblem(404);
        using var resolution = await app.Lobbyist.RevertStance("nowhere", "ZAF", new { version = 0 });
        await resolution.ShouldBeProblem(404);
    }

    [Test]
    public async Task The_contact_of_a_restored_version_stays_after_its_erasure()
    {
        using var app = new App();
        var id = await StanceImports.Campaign(app);
        var first = await app.Lobbyist.GetJson(UndoRequests.StanceOf(id, "NOR"));
        await app.Lobbyist.RecordStance(id, "NOR", "no");
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{first.Text("contact")}");
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var reverted = await app.Lobbyist.RevertStance(id, "NOR", new { version = first.Version() });
        (await reverted.Done()).Text("contact").ShouldBe(first.Text("contact"));
    }

    [Test]
    public async Task A_repetition_with_the_same_key_restores_once()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        using var client = app.Lobbyist;
        client.DefaultRequestHeaders.Add("Idempotency-Key", "undo-1");
        using var first = await client.RevertStance(id, "ZAF", new { version = 2 }, "\"3\"");
        using var again = await client.RevertStance(id, "ZAF", new { version = 2 }, "\"3\"");
        (await again.Done()).ToJsonString().ShouldBe((await first.Done()).ToJsonString());
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await app.Viewer.GetItems($"{UndoRequests.StanceOf(id, "ZAF")}/history")).Count.ShouldBe(3);
    }
}
