using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Milestones;
using VoteTracker.Tests.Features.Stances;
using static VoteTracker.Tests.Security.VisibilityTable;

namespace VoteTracker.Tests.Security;

/// <summary>What a request without a key may read of a resolution.</summary>
[EveryEngine]
public sealed class VisibilityTests
{
    [Test]
    public void Every_GET_under_a_resolution_has_a_line()
    {
        using var app = new App();
        const string under = "/v1/resolutions/{id}";
        var served = ServedRoute
            .All(app)
            .Where(r => r.Method == "GET" && r.Pattern.StartsWith(under, StringComparison.Ordinal))
            .Select(r => r.Pattern[under.Length..])
            .ToHashSet(StringComparer.Ordinal);
        served.Count.ShouldBeGreaterThan(9);
        Lines.Select(l => l.Path.Split('?')[0]).ToHashSet(StringComparer.Ordinal).ShouldBeInAnyOrder(served);
    }

    [TestCase("private", false)]
    [TestCase("tally", false)]
    [TestCase("positions", false)]
    [TestCase("private", true)]
    [TestCase("positions", true)]
    public async Task The_public_sees_what_the_visibility_says_and_the_record(string visibility, bool voted)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility });
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        using var signed = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/co-sponsors/NOR",
            new { status = "signed", role = "main" }
        );
        signed.EnsureSuccessStatusCode();
        using var assigned = await app.Lobbyist.Put($"/v1/resolutions/{id}/assignments/NOR", new { assignee = "me" });
        assigned.EnsureSuccessStatusCode();
        using var kept = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/scenarios/plan-b",
            new { changes = new object[] { new { memberState = "NOR", position = "no" } } }
        );
        kept.EnsureSuccessStatusCode();
        using var imported = await StanceImports.Import(
            app,
            id,
            "iso3,position,certainty,evidence\nSWE,yes,likely,call\n"
        );
        var importId = (await StanceImports.Done(imported)).Text("id")!;
        await app.Plan(id, new { @public = true });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        if (voted)
        {
            using var recorded = await app.Coordinator.Put(
                $"/v1/resolutions/{id}/roll-call?missing=non-voting",
                new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
            );
            recorded.EnsureSuccessStatusCode();
        }
        foreach (var line in Lines)
        {
            var path = $"/v1/resolutions/{id}{PathOf(line, importId)}";
            var expected = (visibility, voted) switch
            {
                ("private", false) => line.Private,
                ("tally", false) => line.Tally,
                ("positions", false) => line.Positions,
                ("private", true) => line.PrivateVoted,
                _ => line.PositionsVoted,
            };
            using var answer = await app.Anonymous.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            ((int)answer.StatusCode).ShouldBe(expected, $"{path} of a {visibility} one, voted: {voted}");
            if (expected >= 400)
            {
                await answer.ShouldBeProblem(expected);
            }
            // A viewer sees everything that exists.
            using var viewer = await app.Viewer.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            var isOfTheVote =
                line.Path.Contains("/roll-call", StringComparison.Ordinal)
                || line.Path is "/cohesion?source=all" or "/calibration";
            // Forecasts and scenarios end with the vote.
            var isSupposed =
                line.Path.EndsWith("/outcome", StringComparison.Ordinal)
                || line.Path.StartsWith("/forecast", StringComparison.Ordinal)
                || line.Path.StartsWith("/path", StringComparison.Ordinal)
                || line.Path.StartsWith("/ask-next", StringComparison.Ordinal)
                || line.Path.StartsWith("/outlook", StringComparison.Ordinal);
            ((int)viewer.StatusCode).ShouldBe(
                line.Path is "/share-links" or "/gaps" or "/vote-day" or "/stances/{iso3}/comments" ? 403
                    : isOfTheVote && !voted ? 404
                    : isSupposed && voted ? 409
                    : 200,
                path
            );
        }
    }

    [Test]
    public async Task A_private_and_a_missing_resolution_get_the_same_response()
    {
        using var app = new App();
        await app.OpenDraft(new { id = "hidden-draft" });
        foreach (var line in Lines)
        {
            var path = PathOf(line);
            using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions/hidden-draft{path}");
            using var absent = await app.Anonymous.GetAsync($"/v1/resolutions/absent-draft{path}");
            (await hidden.ShouldBeProblem(404))
                .ToJsonString()
                .ShouldBe(
                    (await absent.ShouldBeProblem(404))
                        .ToJsonString()
                        .Replace("absent", "hidden", StringComparison.Ordinal),
                    path
                );
            Headers(hidden).ShouldBe(Headers(absent), path);
        }
    }

    private static string PathOf(Line line, string importId = "abcdefghijkl") =>
        line
            .Path.Replace("{iso3}", "NOR", StringComparison.Ordinal)
            .Replace("{name}", "plan-b", StringComparison.Ordinal)
            .Replace("{importId}", importId, StringComparison.Ordinal)
            .Replace("{milestone}", "1", StringComparison.Ordinal)
            .Replace("{format}", "json", StringComparison.Ordinal);

    private static string Headers(HttpResponseMessage answer) =>
        string.Join('\n', answer.Headers.Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"));
}
