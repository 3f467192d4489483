using System.Net;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Resolutions;

[EveryEngine]
public sealed class GetTreeTests
{
    [Test]
    public async Task The_tree_is_in_the_order_of_the_votes()
    {
        using var app = new App();
        var whole = await app.OpenDraft();
        await Part(app, "paragraph", "paragraph-3", whole);
        await Part(app, "amendment", "second-amendment", whole, order: 2);
        await Part(app, "amendment", "first-amendment", whole, order: 1);
        await Part(app, "amendment", "unordered-amendment", whole);
        await Part(app, "motion", "no-action", whole);
        await Part(app, "amendment", "sub-amendment", "second-amendment");
        var tree = await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree?stances=none");
        Ids(tree).ShouldBe(["no-action", "first-amendment", "second-amendment", "unordered-amendment", "paragraph-3"]);
        tree["parts"]![0]!.Text("rule").ShouldBe("simple-majority");
        tree["parts"]![1]!.Text("rule").ShouldBe("two-thirds");
        Ids(tree["parts"]![2]!).ShouldBe(["sub-amendment"]);
        tree["stances"]!.AsArray().ShouldBeEmpty();
        Ids(await app.Viewer.GetJson("/v1/resolutions/second-amendment/tree")).ShouldBe(["sub-amendment"]);
        using var patched = await app.Coordinator.Patch("/v1/resolutions/first-amendment", """{"order":3}""");
        patched.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await patched.Json()).Int("order").ShouldBe(3);
        Ids(await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree"))
            .ShouldBe(["no-action", "second-amendment", "first-amendment", "unordered-amendment", "paragraph-3"]);
    }

    [Test]
    public async Task A_stance_is_inherited_from_the_nearest_ancestor_until_one_is_recorded_and_is_marked()
    {
        using var app = new App();
        var whole = await app.OpenDraft();
        await Part(app, "amendment", "amendment-1", whole);
        await Part(app, "amendment", "sub-amendment", "amendment-1");
        await app.Lobbyist.RecordStance(whole, "ZAF", "yes", "likely");
        await app.Lobbyist.RecordStance(whole, "NOR", "yes");
        await app.Lobbyist.RecordStance("amendment-1", "NOR", "no");
        var tree = await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree");
        var amendment = tree["parts"]![0]!;
        var below = amendment["parts"]![0]!;
        Stance(tree, "ZAF").ShouldBe(("yes", "likely", null));
        Stance(amendment, "ZAF").ShouldBe(("yes", "likely", whole));
        Stance(amendment, "NOR").ShouldBe(("no", "confirmed", null));
        Stance(below, "ZAF").ShouldBe(("yes", "likely", whole));
        Stance(below, "NOR").ShouldBe(("no", "confirmed", "amendment-1"));
        Stance(below, "BRA").ShouldBe(("unknown", null, null));
        (tree.Int("inherited"), amendment.Int("inherited"), below.Int("inherited")).ShouldBe((0, 1, 2));
        tree["tallyWithInherited"].ShouldBeNull();
        amendment["tally"]!
            .ToJsonString()
            .ShouldBe((await app.Viewer.GetJson("/v1/resolutions/amendment-1/tally")).ToJsonString());
        (amendment["tally"]!.Int("yes"), amendment["tallyWithInherited"]!.Int("yes")).ShouldBe((0, 1));
        amendment["tallyWithInherited"]!.Int("no").ShouldBe(1);

        await app.Lobbyist.RecordStance("amendment-1", "ZAF", "abstain");
        var said = (await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree"))["parts"]![0]!;
        Stance(said, "ZAF").ShouldBe(("abstain", "confirmed", null));
        using var taken = await app.Lobbyist.Send(HttpMethod.Delete, "/v1/resolutions/amendment-1/stances/ZAF");
        taken.EnsureSuccessStatusCode();
        var again = (await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree"))["parts"]![0]!;
        Stance(again, "ZAF").ShouldBe(("yes", "likely", whole));
    }

    [Test]
    public async Task A_recorded_vote_is_neither_inherited_nor_replaced()
    {
        using var app = new App();
        var whole = await app.OpenDraft();
        await Part(app, "paragraph", "paragraph-3", whole);
        await app.Lobbyist.RecordStance(whole, "ZAF", "yes");
        using var recorded = await app.Coordinator.Put(
            "/v1/resolutions/paragraph-3/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.IsSuccessStatusCode.ShouldBeTrue(await recorded.Content.ReadAsStringAsync());
        var part = (await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree"))["parts"]![0]!;
        Stance(part, "ZAF").ShouldBe(("absent", null, null));
        Stance(part, "NOR").ShouldBe(("no", null, null));
        part.Int("inherited").ShouldBe(0);
    }

    [TestCase("amendment")]
    [TestCase("paragraph")]
    public async Task A_part_of_a_resolution_that_needs_two_thirds_needs_them_too(string kind)
    {
        using var app = new App();
        var whole = await app.OpenDraft();
        using var opened = await app.Coordinator.Send(
            HttpMethod.Post,
            "/v1/resolutions",
            new
            {
                id = "part",
                symbol = "A/ES-10/L.35",
                title = "A part",
                session = "es-10",
                kind,
                parent = whole,
                rule = "simple-majority",
            },
            ifMatch: null
        );
        await opened.ShouldBeProblem(400, "rule");
        await Part(app, kind, "part", whole);
        using var patched = await app.Coordinator.Patch("/v1/resolutions/part", """{"rule":"simple-majority"}""");
        await patched.ShouldBeProblem(400, "rule");
    }

    [TestCase("0")]
    [TestCase("1001")]
    [TestCase("\"first\"")]
    public async Task An_order_is_a_whole_number_from_1_to_1000(string order)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Coordinator.Patch($"/v1/resolutions/{id}", $$"""{"order":{{order}}}""");
        await answer.ShouldBeProblem(400, "order");
    }

    [Test]
    public async Task Parts_of_parts_are_shown_at_any_depth()
    {
        using var app = new App();
        var whole = await app.OpenDraft();
        var parent = whole;
        for (var i = 1; i <= 20; i++)
        {
            parent = await Part(app, "amendment", $"part-{i}", parent);
        }
        var node = await app.Viewer.GetJson($"/v1/resolutions/{whole}/tree?stances=none");
        for (var i = 1; i <= 20; i++)
        {
            node = node["parts"]!.AsArray().ShouldHaveSingleItem()!;
            node.Text("resolution").ShouldBe($"part-{i}");
        }
    }

    private static Task<string> Part(App app, string kind, string id, string parent, int? order = null) =>
        app.OpenDraft(
            new
            {
                id,
                kind,
                parent,
                order,
            }
        );

    private static IEnumerable<string?> Ids(JsonNode tree) =>
        tree["parts"]!.AsArray().Select(part => part!.Text("resolution"));

    private static (string?, string?, string?) Stance(JsonNode text, string state)
    {
        var stance = text["stances"]!.AsArray().Single(s => s!.Text("memberState") == state)!;
        return (stance.Text("position"), stance.Text("certainty"), stance.Text("inheritedFrom"));
    }
}
