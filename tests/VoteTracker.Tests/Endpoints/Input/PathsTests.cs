using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>Codes and ids in an address, as people write them.</summary>
public sealed class PathsTests
{
    private static readonly object Stance = new
    {
        position = "yes",
        certainty = "likely",
        evidence = "call",
    };

    [Test]
    public async Task The_code_of_a_state_is_accepted_in_any_case_and_returned_in_capitals()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var resolution = $"/v1/resolutions/{draft}";
        using var put = await app.Lobbyist.Put($"{resolution}/stances/ken", Stance);
        var recorded = await put.Json();
        recorded["memberState"]!.GetValue<string>().ShouldBe("KEN", recorded.ToJsonString());
        foreach (
            var path in (string[])
                [
                    $"{resolution}/stances/Ken",
                    "/v1/member-states/ken",
                    "/v1/member-states/ken/votes?limit=1",
                    $"{resolution}/stances/kEn/history",
                ]
        )
        {
            var lower = await app.Viewer.GetJson(path);
            var upper = await app.Viewer.GetJson(path.Replace("ken", "KEN", StringComparison.OrdinalIgnoreCase));
            lower.ToJsonString().ShouldBe(upper.ToJsonString(), path);
        }
        using var coSponsor = await app.Lobbyist.Put(
            $"{resolution}/co-sponsors/pse",
            new { status = "signed", role = "main" }
        );
        ((int)coSponsor.StatusCode).ShouldBe(201);
        (await app.Viewer.GetJson($"{resolution}/co-sponsors/PSE"))["memberState"]!.GetValue<string>().ShouldBe("PSE");
        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, $"{resolution}/stances/ken");
        ((int)delete.StatusCode).ShouldBe(204);
        (await app.Viewer.GetJson($"{resolution}/stances/KEN"))["position"]!.GetValue<string>().ShouldBe("unknown");
    }

    [TestCase("ES-10-27", "'ES-10-27'", "es-10-27")]
    [TestCase("A%2FRES%2FES-10%2F27", "'A/RES/ES-10/27'", "es-10-27")]
    [TestCase("A%2FES-10%2FL.99", "'A/ES-10/L.99'", "es-10-l-99")]
    [TestCase("es-10-l-99", "'es-10-l-99'", null)]
    [TestCase("%3Cb%3E%E2%80%8B", @"'\u003Cb\u003E\u200B'", null)]
    public async Task An_id_that_is_not_written_as_ids_are_gets_a_hint(string id, string shown, string? hint)
    {
        using var app = new App();
        foreach (var part in (string[])["", "/tally", "/stances/NOR", "/export/stances.csv", "/tally/stream", "/tree"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}{part}");
            var detail = (await answer.ShouldBeProblem(404))["detail"]!.GetValue<string>();
            detail.ShouldBe(
                hint is null
                    ? $"There is no resolution {shown}."
                    : $"There is no resolution {shown}. Ids are lower case with hyphens: {hint}."
            );
        }
    }

    [Test]
    public async Task The_hint_does_not_disclose_private_resolutions()
    {
        using var app = new App();
        (await app.OpenDraft(new { visibility = "private" })).ShouldBe("es-10-l-34");
        var details = new List<string>();
        foreach (var number in (int[])[34, 35])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/ES-10-L-{number}/tally");
            var detail = (await answer.ShouldBeProblem(404))["detail"]!.GetValue<string>();
            details.Add(detail.Replace($"{number}", "N", StringComparison.Ordinal));
        }
        details[0].ShouldBe(details[1]);
    }

    [Test]
    public async Task A_session_in_capitals_gets_a_hint()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync("/v1/sessions/ES-10");
        (await answer.ShouldBeProblem(404))["detail"]!.GetValue<string>().ShouldEndWith("Ids are lower case: es-10.");
    }

    [TestCase("PSE")]
    [TestCase("vat")]
    public async Task An_observer_has_no_vote(string iso3)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/stances/{iso3}";
        foreach (
            var answer in (HttpResponseMessage[])
                [
                    await app.Lobbyist.Put(path, Stance),
                    await app.Lobbyist.Send(HttpMethod.Delete, path),
                    await app.Viewer.GetAsync(path),
                    await app.Viewer.GetAsync(path + "/history"),
                    await app.Viewer.GetAsync($"/v1/member-states/{iso3}/ineligibility"),
                    await app.Viewer.GetAsync($"/v1/member-states/{iso3}/votes"),
                    await app.Coordinator.Put(
                        $"/v1/member-states/{iso3}/ineligibility",
                        new { from = "2026-11-20", reason = "other" }
                    ),
                ]
        )
        {
            using (answer)
            {
                var detail = (await answer.ShouldBeProblem(404))["detail"]!.GetValue<string>();
                detail.ShouldContain($"{iso3.ToUpperInvariant()} is an observer, and an observer has no vote");
            }
        }
    }

    [Test]
    public async Task An_unknown_code_is_shown()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put($"/v1/resolutions/{draft}/stances/XX%E2%80%8B", Stance);
        (await answer.ShouldBeProblem(404))["detail"]!.GetValue<string>().ShouldContain(@"found 'XX\u200B'");
        using var contact = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new JsonObject
            {
                ["memberState"] = "nor",
                ["name"] = "Desk",
                ["office"] = "mission",
            }
        );
        var errors = (await contact.ShouldBeProblem(400, "memberState"))["errors"]!;
        errors["memberState"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldEndWith("; found 'nor'");
    }
}
