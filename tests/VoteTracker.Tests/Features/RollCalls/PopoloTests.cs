using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.RollCalls;

/// <summary>Texts and votes in the shapes of https://www.popoloproject.com/.</summary>
public sealed class PopoloTests
{
    // The properties of the published schemas. A reader of Popolo knows no other ones.
    private static readonly Dictionary<string, string[]> Schemas = new(StringComparer.Ordinal)
    {
        ["motion"] =
        [
            "id",
            "organization_id",
            "organization",
            "legislative_session_id",
            "legislative_session",
            "creator_id",
            "creator",
            "text",
            "classification",
            "date",
            "requirement",
            "result",
            "vote_events",
            "created_at",
            "updated_at",
            "sources",
        ],
        ["vote_events"] =
        [
            "id",
            "organization_id",
            "organization",
            "legislative_session_id",
            "legislative_session",
            "identifier",
            "motion_id",
            "motion",
            "start_date",
            "end_date",
            "result",
            "group_results",
            "counts",
            "votes",
            "created_at",
            "updated_at",
            "sources",
        ],
        ["counts"] = ["option", "value", "group_id", "group"],
        ["votes"] =
        [
            "vote_event_id",
            "vote_event",
            "voter_id",
            "voter",
            "option",
            "group_id",
            "group",
            "role",
            "weight",
            "pair_id",
            "pair",
        ],
        ["organization"] = ["id", "name", "classification"],
        ["sources"] = ["url", "note"],
    };

    private static readonly string[] Options = ["yes", "no", "abstain", "absent", "not voting", "paired"];
    private static readonly string[] Results = ["pass", "fail"];

    [Test]
    public async Task A_resolution_with_a_vote_is_a_motion_with_a_vote_event()
    {
        using var app = new App();
        var motion = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/popolo");
        var resolution = await app.Anonymous.GetJson("/v1/resolutions/es-10-27");
        Known("motion", motion);
        motion.Text("id").ShouldBe("es-10-27");
        motion.Text("text").ShouldBe(resolution.Text("title"));
        (motion.Text("requirement"), motion.Text("result"), motion.Text("legislative_session_id")).ShouldBe(
            ("two-thirds", "pass", "es-10")
        );
        var source = motion.Field("sources")!.AsArray().ShouldHaveSingleItem()!;
        source.Text("url").ShouldBe(resolution.Text("recordUrl"));
        source.Text("note").ShouldBe("A/RES/ES-10/27, UN Digital Library");
        var embedded = motion.Field("vote_events")!.AsArray().ShouldHaveSingleItem()!;
        var alone = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call/popolo");
        embedded.ToJsonString().ShouldBe(alone.ToJsonString());
        alone.Text("motion_id").ShouldBe("es-10-27");
        alone.Text("start_date").ShouldBe("2025-06-12");
        alone
            .Field("counts")!
            .AsArray()
            .Select(c => (c!.Text("option"), c!.Int("value")))
            .ShouldBe([("yes", 149), ("no", 12), ("abstain", 19), ("not voting", 13)]);
        var names = (await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call")).Field("votes")!.AsArray();
        alone
            .Field("votes")!
            .AsArray()
            .Select(v => $"{v!.Text("voter_id")} {v!.Text("option")}")
            .ShouldBe(
                names.Select(n =>
                    $"{n!.Text("memberState")} {n!.Text("vote")!.Replace("non-voting", "not voting", StringComparison.Ordinal)}"
                )
            );
    }

    [Test]
    public async Task Every_resolution_of_the_record_has_one_of_these_shapes()
    {
        using var app = new App();
        var found = 0;
        foreach (var resolution in await app.Anonymous.GetItems("/v1/resolutions?limit=1000"))
        {
            var motion = await app.Anonymous.GetJson($"/v1/resolutions/{resolution.Text("id")}/popolo");
            Known("motion", motion);
            motion.Text("result").ShouldBe(resolution.Text("status") == "adopted" ? "pass" : "fail");
            var vote = motion.Field("vote_events")!.AsArray().ShouldHaveSingleItem()!;
            if (resolution.Text("basis") == "announced")
            {
                // Data that the record lacks is missing, and not zero.
                vote.Field("votes")!.AsArray().ShouldBeEmpty();
                vote.Field("counts")!.AsArray().Count.ShouldBeInRange(2, 4);
            }
            found++;
        }
        found.ShouldBeGreaterThan(40);
    }

    [Test]
    public async Task A_draft_is_a_motion_on_which_nothing_is_decided()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally", kind = "motion" });
        var motion = await app.Anonymous.GetJson($"/v1/resolutions/{id}/popolo");
        Known("motion", motion);
        (motion.Text("classification"), motion.Text("requirement"), motion.Text("result")).ShouldBe(
            ("motion", "simple-majority", null)
        );
        motion.Field("vote_events")!.AsArray().ShouldBeEmpty();
        motion.Field("sources")!.AsArray().ShouldBeEmpty();
        using var none = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/roll-call/popolo");
        await none.ShouldBeProblem(404);
    }

    [Test]
    public async Task The_required_majority_is_null_if_the_record_lacks_it()
    {
        using var app = new App();
        await app.Coordinator.Imported(new VotingFile());
        var text = (await app.Anonymous.GetItems("/v1/resolutions?session=78"))[0];
        text.Text("rule").ShouldBe("not-recorded");
        var motion = await app.Anonymous.GetJson($"/v1/resolutions/{text.Text("id")}/popolo");
        Known("motion", motion);
        (motion.Text("requirement"), motion.Text("result")).ShouldBe((null, "pass"));
    }

    [Test]
    public async Task The_result_follows_from_the_status()
    {
        using var app = new App();
        foreach (
            var (status, result) in ((string, string?)[])
                [("adopted-without-vote", "pass"), ("withdrawn", null), ("tabled", null)]
        )
        {
            var id = await app.OpenDraft(new { status, id = $"a-{status}" });
            (await app.Viewer.GetJson($"/v1/resolutions/{id}/popolo")).Text("result").ShouldBe(result, status);
        }
    }

    private static void Known(string schema, JsonNode node)
    {
        var known = Schemas[schema];
        foreach (var (name, value) in node.AsObject())
        {
            known.ShouldContain(name, schema);
            if (Schemas.ContainsKey(name) && value is not null)
            {
                foreach (var part in value as JsonArray ?? (IEnumerable<JsonNode?>)[value])
                {
                    Known(name, part!);
                }
            }
            if (name == "option")
            {
                Options.ShouldContain(value!.GetValue<string>());
            }
            if (name == "result" && value is not null)
            {
                Results.ShouldContain(value.GetValue<string>());
            }
        }
    }
}
