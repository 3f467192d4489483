using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Resolutions;

/// <summary>A draft that begins from how the members voted last time, and its walk over the edge.</summary>
[EveryEngine]
public sealed class BaselineTests
{
    [Test]
    public async Task A_draft_from_es_10_27_begins_with_its_180_votes_and_13_unknown()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        var tally = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally");
        tally.Text("basis").ShouldBe("stances");
        (tally.Int("yes"), tally.Int("no"), tally.Int("abstain"), tally.Int("unknown")).ShouldBe((149, 12, 19, 13));
        (tally.Int("absent"), tally.Int("undecided"), tally.Int("version")).ShouldBe((0, 0, 1));
        var stances = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances");
        var known = stances.Where(s => s.Text("position") != "unknown").ToList();
        (stances.Count, known.Count).ShouldBe((193, 180));
        known.ShouldAllBe(s =>
            s.Text("certainty") == "leaning" && s.Text("evidence") == "past-vote" && s.Int("version") == 1
        );
        var votes = (await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call"))["votes"]!.AsArray();
        votes
            .Where(v => v!.Text("vote") != "non-voting")
            .Select(v => (v!.Text("memberState"), v!.Text("vote")))
            .ShouldBeInAnyOrder(known.Select(s => (s.Text("memberState"), s.Text("position"))));
        var history = (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances/ZAF/history")).ShouldHaveSingleItem();
        (history.Text("from"), history.Text("to"), history.Int("version")).ShouldBe(("unknown", "yes", 1));
        history.Text("reason").ShouldBe("baseline es-10-27");
        history.Text("changedBy").ShouldBe("coordinator");
        var confirmed = await app.Viewer.GetJson($"/v1/resolutions/{id}/tally?counting=confirmed");
        (confirmed.Int("undecided"), confirmed.Int("unknown"), confirmed.Int("yes")).ShouldBe((180, 13, 0));
    }

    [Test]
    public async Task Only_current_members_begin_with_an_old_vote()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { baseline = "es-10-2" });
        var votes = (await app.Anonymous.GetJson("/v1/resolutions/es-10-2/roll-call"))["votes"]!.AsArray();
        var now = (await app.Anonymous.GetItems("/v1/member-states")).Select(m => m.Text("iso3")).ToList();
        var expected = votes
            .Where(v => v!.Text("vote") != "non-voting" && now.Contains(v!.Text("memberState")))
            .Select(v => v!.Text("memberState"))
            .ToList();
        expected.Count.ShouldBeInRange(100, 148);
        var stances = await app.Viewer.GetItems($"/v1/resolutions/{id}/stances");
        stances.Count.ShouldBe(193);
        stances
            .Where(s => s.Text("position") != "unknown")
            .Select(s => s.Text("memberState"))
            .ShouldBeInAnyOrder(expected);
    }

    [TestCase("nothing")]
    [TestCase("es-11-9")]
    [TestCase("a-draft")]
    public async Task A_baseline_without_a_roll_call_is_a_400_and_nothing_is_opened(string baseline)
    {
        using var app = new App();
        await app.OpenDraft(new { id = "a-draft" });
        using var answer = await app.Coordinator.Send(
            HttpMethod.Post,
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.35",
                title = "A draft",
                session = "es-10",
                kind = "draft",
                baseline,
            }
        );
        await answer.ShouldBeProblem(400, "baseline");
        using var missing = await app.Viewer.GetAsync("/v1/resolutions/es-10-l-35");
        await missing.ShouldBeProblem(404);
    }

    [Test]
    public async Task Under_two_thirds_it_is_lost_exactly_below_twice_the_no()
    {
        using var app = new App();
        var walk = await Walk.Begin(app, "two-thirds");
        for (var step = 0; step < 41; step++)
        {
            await walk.Turn("yes", "no");
        }
        walk.Sentence.ShouldBe(
            "108 of 161 present and voting; two thirds is 108. Another 1 no vote would not defeat it; the 2nd would."
        );
        await walk.Turn("abstain", "no");
        (walk.Margin, walk.Reached).ShouldBe((0, true));
        walk.Sentence.ShouldBe("108 of 162 present and voting; two thirds is 108. The next no would defeat it.");
        await walk.Turn("yes", "abstain");
        (walk.Margin, walk.Reached).ShouldBe((-1, false));
        walk.Sentence.ShouldBe(
            "107 of 161 present and voting; two thirds is 108. 1 more yes, or 1 no turned into an abstention, would carry it."
        );
        await walk.Turn("abstain", "yes");
        (walk.Margin, walk.Reached).ShouldBe((0, true));
        await walk.Turn("abstain", "no");
        (walk.Margin, walk.Reached).ShouldBe((-2, false));
        walk.Sentence.ShouldBe(
            "108 of 163 present and voting; two thirds is 109. 2 more yes, or 1 no turned into an abstention, would carry it."
        );
        await walk.Turn("no", "abstain");
        (walk.Margin, walk.Reached).ShouldBe((0, true));
        await walk.Turn("no", "yes");
        (walk.Margin, walk.Reached).ShouldBe((3, true));
    }

    [Test]
    public async Task Under_a_simple_majority_it_is_lost_exactly_at_a_tie()
    {
        using var app = new App();
        var walk = await Walk.Begin(app, "simple-majority");
        walk.Sentence.ShouldBe(
            "149 of 161 present and voting; a simple majority is 81. Another 136 no votes would not defeat it; the 137th would."
        );
        for (var step = 0; step < 68; step++)
        {
            await walk.Turn("yes", "no");
        }
        (walk.Margin, walk.Reached).ShouldBe((1, true));
        walk.Sentence.ShouldBe("81 of 161 present and voting; a simple majority is 81. The next no would defeat it.");
        await walk.Turn("yes", "abstain");
        (walk.Margin, walk.Reached).ShouldBe((0, false));
        walk.Sentence.ShouldBe(
            "80 of 160 present and voting; a simple majority is 81. 1 more yes, or 1 no turned into an abstention, would carry it."
        );
        await walk.Turn("yes", "no");
        (walk.Margin, walk.Reached).ShouldBe((-2, false));
        walk.Sentence.ShouldBe(
            "79 of 160 present and voting; a simple majority is 81. 3 more yes, or 3 no turned into abstentions, would carry it."
        );
    }

    /// <summary>Turns one member at a time, counts along by hand, and compares every field of every tally.</summary>
    private sealed class Walk(HttpClient client, string id, bool twoThirds, Dictionary<string, string> positions)
    {
        private JsonNode _tally = null!;

        public string Sentence => _tally.Text("sentence")!;

        public int Margin => _tally.Int("margin");

        public bool? Reached => _tally.Flag("reached");

        public static async Task<Walk> Begin(App app, string rule)
        {
            var id = await app.OpenDraft(new { baseline = "es-10-27", rule });
            var client = app.Lobbyist;
            var stances = await client.GetItems($"/v1/resolutions/{id}/stances");
            var walk = new Walk(
                client,
                id,
                rule == "two-thirds",
                stances.ToDictionary(s => s.Text("memberState")!, s => s.Text("position")!)
            );
            await walk.Look(version: 1);
            return walk;
        }

        public async Task Turn(string from, string to)
        {
            var member = positions.First(p => p.Value == from).Key;
            var version = (await client.RecordStance(id, member, to)).Int("version");
            positions[member] = to;
            await Look(version);
        }

        private async Task Look(int version)
        {
            _tally = await client.GetJson($"/v1/resolutions/{id}/tally");
            var counts = positions.Values.CountBy(p => p).ToDictionary();
            var (yes, no) = (counts["yes"], counts["no"]);
            var where = string.Create(CultureInfo.InvariantCulture, $"{yes}-{no}");
            _tally.Int("version").ShouldBe(version, where);
            (_tally.Int("yes"), _tally.Int("no")).ShouldBe((yes, no));
            _tally.Int("abstain").ShouldBe(counts["abstain"], where);
            _tally.Int("presentAndVoting").ShouldBe(yes + no, where);
            Reached.ShouldBe(twoThirds ? yes >= 2 * no : yes > no, where);
            Margin.ShouldBe(twoThirds ? yes - 2 * no : yes - no, where);
            _tally.Int("required").ShouldBe(Enumerable.Range(1, 193).First(y => Carries(y, yes + no - y)), where);
            _tally["quorum"]!.Flag("met").ShouldBe(true, where);
        }

        private bool Carries(int yes, int no) => twoThirds ? 3 * yes >= 2 * (yes + no) : 2 * yes > yes + no;
    }
}
