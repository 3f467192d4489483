using System.Globalization;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Imports;
using VoteTracker.Tests.Voting;
using VoteTracker.Tests.Voting.Learning;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

/// <summary>Forecasts from a record that is large enough to learn from.</summary>
[EveryEngine]
public sealed class LearnedForecastTests
{
    private static readonly string[] Outcomes = ["yes", "no", "abstain", "absent"];

    [Test]
    public async Task The_model_is_learned_in_the_background_after_an_import()
    {
        using var app = new App();
        var draft = await OpenDraft(app, LearnableRecords.Titles[0]);
        var path = $"/v1/resolutions/{draft}/forecast";
        var small = await app.Viewer.GetJson(path);
        small.Text("model").ShouldBe("plain");
        Words(small, "missing").ShouldContain("roll-calls");

        await app.Coordinator.Imported(Record(220));
        var first = await app.Viewer.GetJson(path);
        // It may be ready already.
        Words(first, "missing").Contains("model").ShouldBe(first.Text("model") == "plain");
        var learned = await Learned(app, path);
        Words(learned, "missing").ShouldNotContain("model");
        Words(learned, "missing").ShouldNotContain("roll-calls");
        Words(learned, "missing").ShouldContain("agenda");
        learned.Int("rollCalls").ShouldBe(34 + 220);
        foreach (var state in learned["states"]!.AsArray())
        {
            Outcomes.Sum(outcome => Number(state!, outcome)).ShouldBe(1, 1e-12);
        }
        // The members of the first bloc voted yes on this subject, those of the second voted no.
        Number(State(learned, Codes[0]), "yes").ShouldBeGreaterThan(0.6);
        Number(State(learned, Codes[4]), "no").ShouldBeGreaterThan(0.6);

        // Another import makes another record, and another model.
        var tag = (await app.Viewer.GetAsync(path)).Headers.ETag!.Tag;
        await app.Coordinator.Imported(Record(230));
        var again = await Learned(app, path);
        again.Int("rollCalls").ShouldBe(34 + 230);
        (await app.Viewer.GetAsync(path)).Headers.ETag!.Tag.ShouldNotBe(tag);
    }

    [Test]
    public async Task The_past_votes_behind_a_learned_forecast_are_those_on_similar_resolutions()
    {
        using var app = new App();
        var draft = await OpenDraft(app, LearnableRecords.Titles[1]);
        await app.Coordinator.Imported(Record(220));
        var path = $"/v1/resolutions/{draft}/forecast";
        await Learned(app, path);
        var layer = (await app.Viewer.GetJson($"{path}?explain={Codes[0]}"))["explain"]!["record"]!;
        layer.Text("from").ShouldBe("record");
        var votes = layer["votes"]!.AsArray();
        votes.Count.ShouldBeGreaterThan(3);
        (votes.Sum(vote => Number(vote!, "share")) + Number(layer, "everybodysShare")).ShouldBe(1, 1e-9);
        foreach (var vote in votes.Take(3))
        {
            var resolution = await app.Viewer.GetJson($"/v1/resolutions/{vote!.Text("resolution")}");
            resolution.Text("title").ShouldBe(LearnableRecords.Titles[1]);
        }
    }

    [Test]
    public async Task A_forecast_says_that_the_title_and_the_votes_of_members_are_missing()
    {
        using var app = new App();
        var draft = await OpenDraft(app, "A/C.1/81/L.5");
        await app.Coordinator.Imported(Record(220, members: 11));
        await KnownStancesTests.RemoveFromRecord(app, "TUV");
        var learned = await Learned(app, $"/v1/resolutions/{draft}/forecast");
        Words(learned, "missing").ShouldContain("title");
        Words(learned, "missing").ShouldContain("votes");
        var assumptions = learned["assumptions"]!.AsArray().Select(text => text!.GetValue<string>()).ToList();
        assumptions.ShouldContain(text => text.Contains("learned model", StringComparison.Ordinal));
        assumptions.ShouldContain(text => text.StartsWith("Missing: the title", StringComparison.Ordinal));
        foreach (var state in learned["states"]!.AsArray())
        {
            Outcomes.Sum(outcome => Number(state!, outcome)).ShouldBe(1, 1e-12);
        }
    }

    [Test]
    public async Task Stances_on_a_large_record_update_the_other_states_and_the_states_to_ask()
    {
        using var app = new App();
        var draft = await OpenDraft(app, LearnableRecords.Titles[0]);
        await app.Coordinator.Imported(Record(220));
        // The first bloc usually votes yes on this subject.
        foreach (var state in Codes.Take(2))
        {
            await app.Lobbyist.RecordStance(draft, state, "no");
        }
        var path = $"/v1/resolutions/{draft}/forecast";
        await ImportHelp.Until(
            async () => (await app.Viewer.GetJson(path))["dependence"]!.Flag("preparing") == false,
            "the factors are estimated"
        );
        var forecast = await app.Viewer.GetJson(path);
        forecast.Text("model").ShouldBe("learned");
        forecast["dependence"]!.Int("rollCalls").ShouldBe(34 + 220);
        forecast["dependence"]!.Int("stances").ShouldBe(3);
        var record = await app.Viewer.GetJson($"{path}?learn=false");
        Number(State(forecast, Codes[2]), "no").ShouldBeGreaterThan(Number(State(record, Codes[2]), "no") + 0.01);
        foreach (var state in forecast["states"]!.AsArray())
        {
            Outcomes.Sum(outcome => Number(state!, outcome)).ShouldBe(1, 1e-12);
        }
        var next = await app.Viewer.GetJson($"/v1/resolutions/{draft}/ask-next?limit=500");
        Number(next, "probability").ShouldBe(Number(forecast, "probability"));
        next.Int("open").ShouldBe(193 - 3);
        foreach (var state in next["states"]!.AsArray())
        {
            Codes.Take(2).ShouldNotContain(state!.Text("memberState"));
            Outcomes
                .Sum(vote => Number(state!["chances"]!, vote) * Number(state["probability"]!, vote))
                .ShouldBe(Number(next, "probability"), 1e-9);
        }
    }

    [Test]
    public async Task Two_services_with_the_same_record_forecast_the_same()
    {
        var forecasts = new List<string>();
        for (var replica = 0; replica < 2; replica++)
        {
            using var app = new App();
            var draft = await OpenDraft(app, LearnableRecords.Titles[2]);
            await app.Coordinator.Imported(Record(210));
            var learned = await Learned(app, $"/v1/resolutions/{draft}/forecast");
            forecasts.Add(learned["states"]!.ToJsonString());
        }
        forecasts[1].ShouldBe(forecasts[0]);
    }

    private static IReadOnlyList<string> Codes { get; } =
    [.. new VotingFile().Only("A/RES/78/6").Lines.Skip(1).Take(LearnableRecords.Members).Select(l => l.Split(',')[1])];

    private static async Task<string> OpenDraft(App app, string title)
    {
        var draft = await app.OpenDraft(
            new
            {
                title,
                session = "81",
                rule = "simple-majority",
            },
            "A/81/L.5"
        );
        await app.Lobbyist.RecordStance(draft, Codes[^1], "yes");
        return draft;
    }

    // The forecast, once the model is ready.
    private static async Task<JsonNode> Learned(App app, string path)
    {
        JsonNode? forecast = null;
        await ImportHelp.Until(
            async () => (forecast = await app.Viewer.GetJson(path)).Text("model") == "learned",
            "the model is learned"
        );
        return forecast!;
    }

    private static List<string> Words(JsonNode node, string name) =>
        [.. node[name]!.AsArray().Select(word => word!.GetValue<string>())];

    // The record of the unit tests in the Library's layout. Emergency special sessions are left out.
    private static VotingFile Record(int count, int members = LearnableRecords.Members)
    {
        var file = new VotingFile().Only("A/RES/78/6");
        var template = VotingLine.Fields(file.Lines[1]);
        var names = file
            .Lines.Skip(1)
            .Select(VotingLine.Fields)
            .ToDictionary(f => f[1], f => f[2], StringComparer.Ordinal);
        var lines = new List<string> { file.Lines[0] };
        foreach (
            var (resolution, index) in LearnableRecords
                .Create(count * 2)
                .Where(r => !RollCallMatrix.IsEmergency(r.Session))
                .Take(count)
                .Select((r, i) => (r, i))
        )
        {
            var votes = PackedNames.Unpack(resolution.Names).Take(members).Select(name => name.Vote).ToList();
            for (var member = 0; member < votes.Count; member++)
            {
                var fields = template.ToList();
                (fields[0], fields[1], fields[2]) = (Text(900_000 + index), Codes[member], names[Codes[member]]);
                fields[3] = votes[member] switch
                {
                    Vote.Yes => "Y",
                    Vote.No => "N",
                    Vote.Abstain => "A",
                    _ => "X",
                };
                (fields[4], fields[5]) = (
                    resolution.Day.ToString("O", CultureInfo.InvariantCulture),
                    resolution.Session
                );
                fields[6] = $"A/RES/{resolution.Resolution.Replace('-', '/')}";
                (fields[10], fields[11], fields[12]) = (resolution.Title, resolution.Title + ".", "");
                for (var vote = 0; vote < 4; vote++)
                {
                    fields[14 + vote] = Text(votes.Count(v => (int)v == vote));
                }
                fields[18] = Text(votes.Count);
                fields[19] = $"https://digitallibrary.un.org/record/{900_000 + index}";
                lines.Add(VotingLine.Line(fields));
            }
        }
        return new VotingFile { Lines = lines };

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
