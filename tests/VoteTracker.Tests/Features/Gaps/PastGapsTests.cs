using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Undo;
using VoteTracker.Voting.Rules;
using static VoteTracker.Tests.Features.Gaps.GapRequests;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>The gaps as of a moment are those that the list had at that moment.</summary>
[EveryEngine]
public sealed class PastGapsTests
{
    [Test]
    public async Task Each_list_of_the_past_is_found_again()
    {
        using var app = new App();
        using var ann = await app.Member("Ann");
        using var ben = await app.Member("Ben");
        var draft = await app.OpenDraft();
        string Path(string of) => $"/v1/resolutions/{draft}/{of}";
        (string Name, Func<Task<HttpResponseMessage>> Do)[] steps =
        [
            ("assign", () => ann.Put(Path("assignments/NOR"), new { assignee = "me" })),
            ("hear", () => Recorded(ann.RecordStance(draft, "NOR", "yes", "confirmed", "call"))),
            ("conflict", () => Recorded(ben.RecordStance(draft, "NOR", "no", "likely", "second-hand"))),
            ("undo", () => ben.RevertStance(draft, "NOR", new { version = 2 })),
            ("sponsor", () => ann.CoSponsor(draft, "approached")),
            ("sign", () => ann.CoSponsor(draft, "signed", "SWE")),
            ("remove", () => ann.Send(HttpMethod.Delete, Path("co-sponsors/SWE"))),
            (
                "add a task",
                () =>
                    Recorded(
                        ann.Add(
                            "/v1/tasks",
                            new
                            {
                                what = "Call",
                                memberState = "FRA",
                                dueOn = "2026-11-22",
                            }
                        )
                    )
            ),
            ("a day later", () => Passed(app, TimeSpan.FromDays(3))),
            ("do the task", () => ann.Patch("/v1/tasks/1", """{"doneOn":"2026-11-24"}""")),
            ("meet", () => Recorded(ben.Meet(draft, new { memberState = "FRA" }))),
            ("unassign", () => ann.Send(HttpMethod.Delete, Path("assignments/NOR"))),
            ("forget", () => ann.Send(HttpMethod.Delete, Path("stances/NOR"))),
            ("three weeks later", () => Passed(app, TimeSpan.FromDays(21))),
            (
                "exclude",
                () =>
                    app.Coordinator.Put(
                        "/v1/member-states/FRA/ineligibility",
                        new { from = "2026-01-01", reason = "other" },
                        ifMatch: null
                    )
            ),
            ("revise", () => app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"textVersion":"Rev.1"}""")),
            (
                "change the rule",
                () => app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"rule":"simple-majority"}""")
            ),
            ("withdraw", () => app.Coordinator.Patch($"/v1/resolutions/{draft}", """{"status":"withdrawn"}""")),
        ];
        var before = app.Clock.GetUtcNow() - TimeSpan.FromDays(1);
        var lists = new List<(string Name, DateTimeOffset At, string List)>();
        foreach (var (name, step) in steps)
        {
            using var answer = await step();
            answer.IsSuccessStatusCode.ShouldBeTrue($"{name}: {await answer.Content.ReadAsStringAsync()}");
            lists.Add((name, app.Clock.GetUtcNow(), name == "withdraw" ? "" : await ListNow(ann, draft)));
            app.Clock.Jump(TimeSpan.FromMinutes(1));
        }
        lists.Select(list => list.List).Distinct().Count().ShouldBeGreaterThan(12, "the steps change the list");
        foreach (var (name, at, list) in lists)
        {
            (await ListAsOf(app, draft, at)).ShouldBe(list, name);
        }
        (await ListAsOf(app, draft, before)).ShouldBeEmpty();
        foreach (var (name, at, list) in lists)
        {
            (await ListAsOf(app, draft, at, "NOR")).ShouldBe(
                string.Join('\n', list.Split('\n').Where(line => line.StartsWith("NOR", StringComparison.Ordinal))),
                name
            );
        }
    }

    [Test]
    public async Task A_viewer_cannot_load_gaps()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ListAsOf(app, draft, app.Clock.GetUtcNow(), role: KeyRole.Viewer)
        );
    }

    private static async Task<string> ListNow(HttpClient client, string draft) =>
        Text((await client.GetItems(GapsOf(draft))).Select(state => state!));

    private static async Task<string> ListAsOf(
        App app,
        string draft,
        DateTimeOffset at,
        string? iso3 = null,
        KeyRole role = KeyRole.Lobbyist
    )
    {
        var loader = app.Services.GetRequiredService<GapLoader>();
        var states = await app
            .Services.GetRequiredService<Db>()
            .Read(async connection =>
                await loader.Load(
                    connection,
                    (await ResolutionStore.Find(connection, draft))!,
                    new Caller(role, "Ann", null),
                    at,
                    iso3
                )
            );
        return string.Join(
            '\n',
            states.Select(state =>
                $"{state.MemberState} {state.Assignee} {EnumWord<Position>.ToWord(state.Position)} {state.Effect} {string.Join(' ', state.Gaps.Select(g => $"{EnumWord<GapKind>.ToWord(g.Kind)} {g.Since:O} {g.Detail}"))}"
            )
        );
    }

    private static string Text(IEnumerable<JsonNode> states) =>
        string.Join(
            '\n',
            states.Select(state =>
                $"{state["memberState"]} {state["assignee"]} {state["position"]} {state["effect"]} {string.Join(' ', state["gaps"]!.AsArray().Select(g => $"{g!["kind"]} {g["since"]} {g["detail"]}"))}"
            )
        );

    private static async Task<HttpResponseMessage> Recorded(Task request)
    {
        await request;
        return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> Passed(App app, TimeSpan time)
    {
        app.Clock.Jump(time);
        return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.OK));
    }
}
