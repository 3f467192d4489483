namespace VoteTracker.Tests.Security;

/// <summary>What public lists, feeds and resolutions contain.</summary>
[EveryEngine]
public sealed class PublicContentTests
{
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
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        } while (line?.StartsWith("data:", StringComparison.Ordinal) == false);
        line.ShouldNotBeNull();
        line.ShouldContain($"\"resolution\":\"{child}\"");
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
        string[] fields = ["resolution", "memberState", "name", "position"];
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
}
