using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Changes.ChangePages;

namespace VoteTracker.Tests.Features.Changes;

/// <summary>Each role sees the changes that it may read.</summary>
[EveryEngine]
public sealed class ChangesByRoleTests
{
    [Test]
    public async Task The_record_itself_is_in_the_feed_for_everyone()
    {
        using var app = new App();
        var changes = await app.Anonymous.GetItems("/v1/changes");
        changes.Count.ShouldBe(43);
        changes.ShouldAllBe(c => c.Text("kind") == "resolution" && c.Int("version") == 1);
    }

    [Test]
    public async Task The_public_sees_as_much_of_a_stance_as_the_visibility_allows()
    {
        using var app = new App();
        var after = await End(app.Anonymous);
        foreach (var visibility in (string[])["private", "tally", "positions"])
        {
            await app.OpenDraft(new { id = visibility, visibility });
            await app.Lobbyist.RecordStance(visibility, "ZAF", "yes");
        }
        var changes = await app.Anonymous.GetItems($"/v1/changes?after={after}");
        changes
            .Select(c => (c.Text("resolution"), c.Text("kind"), c.Text("memberState")))
            .ShouldBe([
                ("tally", "resolution", null),
                ("tally", "tally", null),
                ("positions", "resolution", null),
                ("positions", "stance", "ZAF"),
            ]);
        changes.ShouldAllBe(c => !c.AsObject().ContainsKey("changedBy"));
        (await app.Viewer.GetItems($"/v1/changes?after={after}")).Count.ShouldBe(6);
        using var hidden = await app.Coordinator.Send(
            HttpMethod.Patch,
            "/v1/resolutions/positions",
            new { visibility = "private" }
        );
        (await app.Anonymous.GetItems($"/v1/changes?after={after}"))
            .Select(c => c.Text("resolution"))
            .ShouldAllBe(resolution => resolution == "tally");
    }

    [Test]
    public async Task Changes_made_while_a_resolution_was_private_stay_private()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        foreach (var visibility in (string[])["tally", "positions"])
        {
            using var changed = await app.Coordinator.Send(
                HttpMethod.Patch,
                $"/v1/resolutions/{id}",
                new { visibility }
            );
            ((int)changed.StatusCode).ShouldBe(200);
            await app.Lobbyist.RecordStance(id, "FRA", "no");
        }
        var heard = (await app.Anonymous.GetJson("/v1/changes?limit=1000"))["items"]!
            .AsArray()
            .Where(c => c!["resolution"]?.GetValue<string>() == id)
            .Select(c => $"{c!["version"]} {c["kind"]} {c["memberState"]}".Trim());
        heard.ShouldBe(["3 resolution", "4 tally", "5 resolution", "6 stance FRA"]);
    }

    [Test]
    public async Task The_public_sees_co_sponsors_that_signed()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "public", visibility = "tally" });
        var after = await End(app.Anonymous);
        foreach (
            var (state, status) in ((string, string)[])[("ESP", "approached"), ("IRL", "signed"), ("PSE", "committed")]
        )
        {
            using var answer = await app.Lobbyist.Put(
                $"/v1/resolutions/public/co-sponsors/{state}",
                new { status, role = "main" }
            );
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }
        var change = (await app.Anonymous.GetItems($"/v1/changes?after={after}")).ShouldHaveSingleItem();
        (change.Text("kind"), change.Text("memberState")).ShouldBe(("co-sponsor", "IRL"));
    }

    [Test]
    public async Task The_public_sees_that_a_signed_co_sponsor_withdrew()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "public", visibility = "tally" });
        await Record("IRL", "signed");
        await Record("ESP", "signed");
        await Record("PSE", "committed");
        var after = await End(app.Anonymous);
        await Record("IRL", "withdrawn");
        await Record("IRL", "wanted");
        await Record("PSE", "withdrawn");
        foreach (var state in (string[])["ESP", "PSE"])
        {
            using var deleted = await app.Lobbyist.Send(
                HttpMethod.Delete,
                $"/v1/resolutions/public/co-sponsors/{state}"
            );
            deleted.IsSuccessStatusCode.ShouldBeTrue();
        }
        (await app.Anonymous.GetItems($"/v1/changes?after={after}"))
            .Select(c => (c.Text("kind"), c.Text("memberState")))
            .ShouldBe([("co-sponsor", "IRL"), ("co-sponsor", "ESP")]);

        async Task Record(string state, string status)
        {
            using var answer = await app.Lobbyist.Put(
                $"/v1/resolutions/public/co-sponsors/{state}",
                new { status, role = "main" }
            );
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    [Test]
    public async Task Lobbyists_see_changes_of_contacts_and_everyone_sees_those_of_ineligibility()
    {
        using var app = new App();
        var after = await End(app.Anonymous);
        using var added = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "ZAF",
                name = "A name",
                office = "mission",
            }
        );
        var contact = (await added.Json()).Text("id");
        using var logged = await app.Lobbyist.PostAsJsonAsync(
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "They listened",
            }
        );
        logged.IsSuccessStatusCode.ShouldBeTrue(await logged.Content.ReadAsStringAsync());
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/VEN/ineligibility",
            new { from = "2026-11-01", reason = "other" }
        );
        entered.IsSuccessStatusCode.ShouldBeTrue();
        async Task<string[]> Kinds(HttpClient client) =>
            [.. (await client.GetItems($"/v1/changes?after={after}")).Select(c => c.Text("kind")!)];
        (await Kinds(app.Lobbyist)).ShouldBe(["contact", "engagement", "ineligibility"]);
        (await Kinds(app.Viewer)).ShouldBe(["ineligibility"]);
        (await Kinds(app.Anonymous)).ShouldBe(["ineligibility"]);
        var feed = (JsonNode)
            new JsonArray([.. (await app.Lobbyist.GetItems($"/v1/changes?after={after}")).Select(c => c.DeepClone())]);
        feed.ToJsonString().ShouldNotContain("listened");
        feed.ToJsonString().ShouldNotContain("A name");
    }
}
