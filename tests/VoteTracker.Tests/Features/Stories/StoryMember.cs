using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Stories;

/// <summary>A team member of the story: does one thing after another, as they come, and solves each conflict.</summary>
internal sealed class StoryMember(HttpClient client, string draft, IReadOnlyList<string> states, int seed)
{
    private static readonly string[] Positions =
    [
        "yes",
        "yes",
        "yes",
        "no",
        "abstain",
        "abstain",
        "absent",
        "undecided",
    ];
    private static readonly string[] Certainties = ["confirmed", "likely", "leaning"];
    private static readonly string[] Evidence = ["meeting", "call", "second-hand", "public-statement", "note-verbale"];
    private static readonly string[] Statuses = ["wanted", "approached", "committed", "signed"];

    // A third of the work is about these, so that the members meet.
    private const int Busy = 6;

    private readonly Random _random = new(seed);

    /// <summary>How many writes were rejected, because another member was first.</summary>
    public int Conflicts { get; private set; }

    /// <summary>The version and the position of each stance that a response acknowledged.</summary>
    public List<(string Iso3, long Version, string Position)> Acknowledged { get; } = [];

    /// <summary>What the member did, by kind.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>Does one step.</summary>
    public async Task Step()
    {
        var iso3 = states[_random.Next(_random.Next(3) == 0 ? Busy : states.Count)];
        var (name, step) = _random.Next(100) switch
        {
            < 40 => ("stance", RecordStance(iso3)),
            < 55 => ("engagement", RecordEngagement(iso3)),
            < 62 => ("task", FinishTask()),
            < 72 => ("assignment", Assign(iso3)),
            < 80 => ("co-sponsor", RecordCoSponsor(iso3)),
            < 87 => ("comment", Comment(iso3)),
            < 92 => ("undo", Undo(iso3)),
            < 95 => ("deletion", DeleteStance(iso3)),
            _ => ("import", Import()),
        };
        await step;
        Done[name] = Done.GetValueOrDefault(name) + 1;
    }

    /// <summary>Records a stance. A colleague changes it between the reading and the writing.</summary>
    public Task RecordAfter(StoryMember colleague, string iso3) =>
        RecordStance(iso3, () => colleague.RecordStance(iso3));

    /// <summary>Reads what is shown of a state, and a saved view.</summary>
    public async Task Read()
    {
        var gaps = await client.GetItems($"/v1/resolutions/{draft}/gaps?limit=1000");
        gaps.ShouldNotBeEmpty();
        gaps.ShouldAllBe(gap => gap.Field("gaps")!.AsArray().Count > 0);
        var iso3 = gaps[_random.Next(gaps.Count)].Text("memberState")!;
        (await client.GetJson($"/v1/resolutions/{draft}/briefs/{iso3}")).ToJsonString().ShouldContain(iso3);
        var digest = await client.GetJson($"/v1/digest?since=30d&resolution={draft}");
        var compared = digest.Field("resolutions")!.AsArray().ShouldHaveSingleItem()!;
        CountStates(compared.Field("before")!).ShouldBe(states.Count);
        CountStates(compared.Field("after")!).ShouldBe(states.Count);
        var filter = $"position={Any(Positions)}&show=open";
        using var saved = await client.Put("/v1/views/work", new { filter, resolution = draft });
        ((int)saved.StatusCode).ShouldBeOneOf(200, 201);
        var view = await client.GetJson("/v1/views/work");
        (view.Text("filter"), view.Version()).ShouldBe((filter, (await saved.Json()).Version()));
    }

    private static int CountStates(JsonNode tally) => Positions.Append("unknown").Distinct().Sum(tally.Int);

    private string Stance(string iso3) => $"/v1/resolutions/{draft}/stances/{iso3}";

    private string Any(string[] words) => words[_random.Next(words.Length)];

    private Task RecordStance(string iso3, Func<Task>? meanwhile = null) =>
        Conditionally(
            iso3,
            version =>
                client.Send(
                    HttpMethod.Put,
                    Stance(iso3),
                    new
                    {
                        position = Any(Positions),
                        certainty = Any(Certainties),
                        evidence = Any(Evidence),
                        note = "Heard in the corridor.",
                    },
                    version
                ),
            meanwhile
        );

    private Task DeleteStance(string iso3) =>
        Conditionally(iso3, version => client.Send(HttpMethod.Delete, Stance(iso3), ifMatch: version));

    private async Task Undo(string iso3)
    {
        var history = await client.GetItems(Stance(iso3) + "/history?limit=1000");
        var before = history.Count < 2 ? 0 : history[^2].Version();
        await Conditionally(
            iso3,
            version => client.Send(HttpMethod.Post, Stance(iso3) + "/revert", new { version = before }, version)
        );
    }

    private async Task RecordEngagement(string iso3)
    {
        var stance = await client.GetJson(Stance(iso3));
        using var answer = await client.PostAsJsonAsync(
            "/v1/engagements",
            new
            {
                memberState = iso3,
                resolution = draft,
                kind = "call",
                on = "2026-11-20",
                assignee = "me",
                summary = "The mission reads the draft.",
                stance = new
                {
                    position = Any(Positions),
                    certainty = "likely",
                    version = stance.Version(),
                },
                tasks = new[]
                {
                    new
                    {
                        what = "Call again",
                        assignee = "me",
                        dueOn = "2026-11-24",
                    },
                },
            }
        );
        if ((int)answer.StatusCode == 412)
        {
            // Another member was first. What was heard is recorded without a position.
            Conflicts++;
            using var again = await client.PostAsJsonAsync(
                "/v1/engagements",
                new
                {
                    memberState = iso3,
                    resolution = draft,
                    kind = "call",
                    on = "2026-11-20",
                    summary = "The mission reads the draft.",
                }
            );
            ((int)again.StatusCode).ShouldBe(201, await again.Content.ReadAsStringAsync());
            return;
        }
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        var recorded = (await answer.Json()).Field("stance")!;
        Acknowledged.Add((iso3, recorded.Version(), recorded.Text("position")!));
    }

    private async Task FinishTask()
    {
        var open = await client.GetItems("/v1/tasks?assignee=me&status=open&limit=1");
        if (open.Count > 0)
        {
            using var answer = await client.Patch(
                $"/v1/tasks/{open[0].Field("id")}",
                """{"doneOn":"2026-11-21"}""",
                $"\"{open[0].Version()}\""
            );
            ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task Assign(string iso3)
    {
        using var answer = await client.Put($"/v1/resolutions/{draft}/assignments/{iso3}", new { assignee = "me" });
        ((int)answer.StatusCode).ShouldBeOneOf(200, 201);
    }

    private async Task RecordCoSponsor(string iso3)
    {
        using var answer = await client.Put(
            $"/v1/resolutions/{draft}/co-sponsors/{iso3}",
            new { status = Any(Statuses), role = _random.Next(5) == 0 ? "main" : "additional" }
        );
        ((int)answer.StatusCode).ShouldBeOneOf(200, 201);
    }

    private async Task Comment(string iso3)
    {
        using var answer = await client.PostAsJsonAsync(
            Stance(iso3) + "/comments",
            new { text = "@coordinator can read the last call." }
        );
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
    }

    private async Task Import()
    {
        var list = states.Skip(_random.Next(states.Count - 3)).Take(3).Select(iso3 => $"{iso3},{Any(Positions)}\n");
        using var answer = await client.PostAsync(
            $"/v1/resolutions/{draft}/stances/import",
            new StringContent("iso3,position\n" + string.Concat(list), System.Text.Encoding.UTF8, "text/csv")
        );
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    // Names the version that was seen. If another member was first, the member looks at the newer one, and writes again.
    private async Task Conditionally(
        string iso3,
        Func<string, Task<HttpResponseMessage>> write,
        Func<Task>? meanwhile = null
    )
    {
        var seen = (await client.GetJson(Stance(iso3))).Version();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var answer = await write($"\"{seen}\"");
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != 412)
            {
                ((int)answer.StatusCode).ShouldBeOneOf([200, 204], text);
                var version = long.Parse(answer.ETag()!.Trim('"'), CultureInfo.InvariantCulture);
                // With version 0 nothing was recorded, and nothing is deleted or restored.
                if (version > 0)
                {
                    var position = text.Length == 0 ? "unknown" : JsonNode.Parse(text)!.Text("position")!;
                    Acknowledged.Add((iso3, version, position));
                }
                return;
            }
            Conflicts++;
            seen = JsonNode.Parse(text)!.Field("current")!.Version();
        }
        throw new ShouldAssertException($"{iso3}: no write succeeded in 20 attempts.");
    }
}
