using VoteTracker.Tests.Conventions;

namespace VoteTracker.Tests.Security;

[EveryEngine]
public sealed class VisibilityTests
{
    // The status without a key for each visibility, and for a private and a `positions` resolution with a recorded roll
    // call: the record is public then, and nothing else.
    private const string Past = "?asOf=2026-11-21T15:00:00Z";

    private static readonly Line[] Lines =
    [
        new("", 404, 200, 200, 200, 200),
        new("/tree", 404, 401, 401, 401, 401),
        new("/stances", 404, 401, 200, 401, 200),
        new("/stances?position=yes", 404, 401, 200, 401, 200),
        new("/stances?certainty=confirmed", 404, 401, 401, 401, 401),
        new("/stances?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/stances/{iso3}", 404, 401, 200, 401, 200),
        new("/stances/{iso3}/history", 404, 401, 401, 401, 401),
        new("/tally", 404, 200, 200, 200, 200),
        new("/tally?counting=all", 404, 200, 200, 200, 200),
        new("/tally?counting=confirmed", 404, 401, 401, 200, 200),
        new("/tally?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/tally/timeline", 404, 401, 401, 200, 200),
        new("/tally/timeline?step=1d&from=2026-11-21T15:00:00Z", 404, 401, 401, 200, 200),
        new("/diff", 404, 401, 401, 401, 401),
        new("/diff?from=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/tally/stream", 404, 200, 200, 200, 200),
        new("/tally?rule=simple-majority", 404, 200, 200, 200, 200),
        new("/scenarios", 404, 401, 401, 401, 401),
        new("/scenarios/{name}", 404, 401, 401, 401, 401),
        new("/scenarios/{name}/outcome", 404, 401, 401, 401, 401),
        new("/breakdown", 404, 200, 200, 200, 200),
        new("/breakdown?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/breakdown.csv", 404, 200, 200, 200, 200),
        new("/breakdown.csv?asOf=2026-11-21T15:00:00Z", 404, 401, 401, 401, 401),
        new("/forecast", 404, 401, 401, 401, 401),
        new("/forecast?explain=NOR&blocShock=0.2", 404, 401, 401, 401, 401),
        new("/calibration", 404, 401, 401, 401, 401),
        new("/path", 404, 401, 401, 401, 401),
        new("/path?goal=block", 404, 401, 401, 401, 401),
        new("/co-sponsors", 404, 200, 200, 401, 200),
        new("/co-sponsors/{iso3}", 404, 200, 200, 401, 200),
        new("/roll-call", 404, 404, 404, 200, 200),
        new("/roll-call/popolo", 404, 404, 404, 200, 200),
        new("/cohesion?source=all", 404, 404, 404, 200, 200),
        new("/popolo", 404, 200, 200, 200, 200),
        .. Export("/citation", "", 404, 200, 200, 200, 200),
        new("/export.zip", 404, 200, 200, 200, 200),
        new("/export.zip" + Past, 404, 401, 401, 401, 401),
        .. Export("/export/stances", "", 404, 401, 200, 401, 200),
        .. Export("/export/stances", Past, 404, 401, 401, 401, 401),
        .. Export("/export/breakdown", "", 404, 200, 200, 200, 200),
        .. Export("/export/breakdown", Past, 404, 401, 401, 401, 401),
        .. Export("/export/co-sponsors", "", 404, 200, 200, 401, 200),
        .. Export("/export/co-sponsors", Past, 404, 401, 401, 401, 401),
        .. Export("/export/history", "", 404, 401, 401, 401, 401),
        .. Export("/export/roll-call", "", 404, 404, 404, 200, 200),
    ];

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
        using var kept = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/scenarios/plan-b",
            new { changes = new object[] { new { memberState = "NOR", position = "no" } } }
        );
        kept.EnsureSuccessStatusCode();
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
            var path = $"/v1/resolutions/{id}{PathOf(line)}";
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
                || line.Path.StartsWith("/path", StringComparison.Ordinal);
            ((int)viewer.StatusCode).ShouldBe(
                isOfTheVote && !voted ? 404
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

    [Test]
    public async Task A_private_resolution_is_in_no_public_list_feed_or_filter()
    {
        using var app = new App();
        var parent = await app.OpenDraft(new { id = "hidden-draft" });
        await app.Lobbyist.RecordStance(parent, "NOR", "yes");
        var child = await app.OpenDraft(
            new
            {
                id = "shown-amendment",
                kind = "amendment",
                parent,
                visibility = "tally",
            }
        );
        foreach (
            var path in (string[])
                [
                    "/v1/resolutions?limit=1000",
                    "/v1/resolutions?session=es-10&include=tally",
                    "/v1/resolutions?status=drafting",
                    $"/v1/resolutions/{child}",
                    "/v1/changes?limit=1000",
                ]
        )
        {
            using var answer = await app.Anonymous.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldContain(child, customMessage: path);
            text.ShouldNotContain(parent, customMessage: path);
        }
        using var reader = new StreamReader(await app.Anonymous.GetStreamAsync("/v1/stream"));
        string? told;
        do
        {
            told = await reader.ReadLineAsync();
        } while (told?.StartsWith("data:", StringComparison.Ordinal) == false);
        told.ShouldNotBeNull();
        told.ShouldContain($"\"resolution\":\"{child}\"");
        // The filter by parent must not disclose a private resolution either.
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions?parent={parent}");
        using var missing = await app.Anonymous.GetAsync("/v1/resolutions?parent=nothing");
        (await hidden.ShouldBeProblem(400, "parent"))
            .ToJsonString()
            .Replace(parent, "nothing", StringComparison.Ordinal)
            .ShouldBe((await missing.ShouldBeProblem(400, "parent")).ToJsonString());
        (await app.Viewer.GetJson($"/v1/resolutions?parent={parent}"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task Public_positions_are_the_resolution_the_member_and_its_position_and_no_more()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        string[] fields = ["resolution", "memberState", "position"];
        var one = await app.Anonymous.GetJson($"/v1/resolutions/{id}/stances/NOR");
        one.AsObject().Select(p => p.Key).ShouldBe(fields);
        one["position"]!.GetValue<string>().ShouldBe("yes");
        var all = (await app.Anonymous.GetJson($"/v1/resolutions/{id}/stances"))["items"]!.AsArray();
        all.Count.ShouldBe(193);
        foreach (var stance in all)
        {
            stance!.AsObject().Select(p => p.Key).ShouldBe(fields);
        }
    }

    [Test]
    public async Task A_public_resolution_does_not_show_its_authors()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "positions", baseline = "es-10-27" });
        using var signed = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/co-sponsors/NOR",
            new { status = "signed", role = "main" }
        );
        signed.EnsureSuccessStatusCode();
        foreach (var path in (string[])["", "/co-sponsors", "/co-sponsors/NOR", "/stances", "/stances/NOR"])
        {
            var text = (await app.Anonymous.GetJson($"/v1/resolutions/{id}{path}")).ToJsonString();
            text.ShouldNotContain("changedBy", customMessage: path);
            text.ShouldNotContain("\"baseline\"", customMessage: path);
            (await app.Viewer.GetJson($"/v1/resolutions/{id}{path}")).ToJsonString().ShouldContain("changedBy");
        }
    }

    [Test]
    public async Task A_stance_that_the_public_may_not_see_is_only_a_changed_tally_in_its_feed()
    {
        using var app = new App();
        var hidden = await app.OpenDraft(new { visibility = "tally" });
        var shown = await app.OpenDraft(new { visibility = "positions" }, symbol: "A/ES-10/L.35");
        await app.Lobbyist.RecordStance(hidden, "NOR", "yes");
        await app.Lobbyist.RecordStance(shown, "SWE", "yes");
        await SetCoSponsor(app, hidden, "DNK", "approached");
        await SetCoSponsor(app, hidden, "FIN", "signed");
        var seen = (await app.Anonymous.GetJson("/v1/changes?limit=1000"))["items"]!
            .AsArray()
            .Where(c => c!["resolution"]?.GetValue<string>() is { } r && (r == hidden || r == shown))
            .Select(c => $"{c!["kind"]} {c["resolution"]} {c["memberState"]}")
            .ToList();
        seen.ShouldBe([
            $"resolution {hidden} ",
            $"resolution {shown} ",
            $"tally {hidden} ",
            $"stance {shown} SWE",
            $"co-sponsor {hidden} FIN",
        ]);
    }

    private static async Task SetCoSponsor(App app, string id, string iso3, string status)
    {
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/co-sponsors/{iso3}",
            new { status, role = "additional" }
        );
        answer.EnsureSuccessStatusCode();
    }

    private static Line[] Export(
        string path,
        string query,
        int hidden,
        int tally,
        int positions,
        int hiddenVoted,
        int positionsVoted
    ) =>
        [
            new(path + query, hidden, tally, positions, hiddenVoted, positionsVoted),
            new(path + ".{format}" + query, hidden, tally, positions, hiddenVoted, positionsVoted),
        ];

    private static string PathOf(Line line) =>
        line
            .Path.Replace("{iso3}", "NOR", StringComparison.Ordinal)
            .Replace("{name}", "plan-b", StringComparison.Ordinal)
            .Replace("{format}", "json", StringComparison.Ordinal);

    private static string Headers(HttpResponseMessage answer) =>
        string.Join('\n', answer.Headers.Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"));

    private sealed record Line(
        string Path,
        int Private,
        int Tally,
        int Positions,
        int PrivateVoted,
        int PositionsVoted
    );
}
