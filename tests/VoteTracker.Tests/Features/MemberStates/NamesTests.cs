using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.MemberStates;

[EveryEngine]
public sealed class NamesTests
{
    private static readonly (string Language, string State, string? Group)[] Languages =
    [
        ("en", "South Africa", "African States"),
        ("fr", "Afrique du Sud", null),
        ("es", "Sudáfrica", null),
        ("ru", "Южная Африка", null),
        ("zh", "南非", null),
        ("ar", "جنوب أفريقيا", null),
    ];

    [Test]
    public async Task Each_response_names_states_in_the_language_of_lang()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "undecided");
        foreach (var (language, state, group) in Languages)
        {
            async Task<JsonNode> Get(string path) =>
                await app.Viewer.GetJson($"{path}{(path.Contains('?') ? '&' : '?')}lang={language}");
            Name(await Get($"/v1/resolutions/{id}/stances"), "items").ShouldBe(state);
            Name(await Get($"/v1/resolutions/{id}/positions"), "items").ShouldBe(state);
            Name(await Get($"/v1/resolutions/{id}/path"), "states").ShouldBe(state);
            Name(await Get($"/v1/resolutions/{id}/diff"), "moves").ShouldBe(state);
            Name(await Get($"/v1/resolutions/{id}/forecast"), "states").ShouldBe(state);
            Name(await Get("/v1/resolutions/es-10-27/positions"), "items").ShouldBe(state);
            Name(await Get("/v1/resolutions/es-10-27/roll-call"), "votes").ShouldBe(state);
            Name(await Get("/v1/agreement?a=NAM"), "items").ShouldBe(state);
            (await Get($"/v1/resolutions/{id}/stances/ZAF")).Text("name").ShouldBe(state);
            (await Get("/v1/member-states/ZAF")).Text("name").ShouldBe(state);
            (await Get("/v1/member-states?q=zaf")).Items().Single().Text("name").ShouldBe(state);
            var row = (await Get($"/v1/resolutions/{id}/breakdown"))["rows"]!.AsArray()[0]!;
            row.Text("name").ShouldBe((await Get("/v1/groups")).Items()[0].Text("name"));
            if (group is not null)
            {
                row.Text("name").ShouldBe(group);
            }
        }
    }

    [TestCase("/v1/resolutions/es-10-27/positions")]
    [TestCase("/v1/resolutions/es-10-27/roll-call")]
    [TestCase("/v1/resolutions/es-10-27/breakdown")]
    [TestCase("/v1/resolutions/{id}/stances/ZAF")]
    [TestCase("/v1/resolutions/{id}/forecast")]
    public async Task Each_language_has_its_ETag(string pattern)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        var path = pattern.Replace("{id}", id, StringComparison.Ordinal);
        var tags = new List<string?>();
        foreach (var (language, _, _) in Languages)
        {
            using var answer = await app.Viewer.GetAsync($"{path}?lang={language}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            tags.Add(answer.ETag());
            using var same = await app.Viewer.Send(
                HttpMethod.Get,
                $"{path}?lang={language}",
                ifMatch: null,
                ifNoneMatch: answer.ETag()
            );
            same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }
        tags.Distinct(StringComparer.Ordinal).Count().ShouldBe(Languages.Length);
        using var plain = await app.Viewer.GetAsync(path);
        plain.ETag().ShouldBe(tags[0], "English is the default");
    }

    [TestCase("/v1/member-states")]
    [TestCase("/v1/groups")]
    [TestCase("/v1/agreement?a=ZAF")]
    [TestCase("/v1/resolutions/es-10-27/roll-call")]
    [TestCase("/v1/resolutions/es-10-27/positions")]
    [TestCase("/v1/resolutions/es-10-27/breakdown")]
    public async Task Another_language_is_rejected(string path)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}lang=xx");
        await answer.ShouldBeProblem(400, "lang");
    }

    [Test]
    public async Task The_votes_of_a_response_can_be_sent_back_with_their_names()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn = "2026-11-20" });
        var votes = (await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call?lang=fr"))["votes"]!;
        using var recorded = await app.Coordinator.Send(
            HttpMethod.Put,
            $"/v1/resolutions/{id}/roll-call",
            new { recordedOn = "2026-11-20", votes }
        );
        recorded.IsSuccessStatusCode.ShouldBeTrue(await recorded.Content.ReadAsStringAsync());
    }

    private static string? Name(JsonNode report, string list) =>
        report[list]!.AsArray().Single(item => item!.Text("memberState") == "ZAF")!.Text("name");
}
