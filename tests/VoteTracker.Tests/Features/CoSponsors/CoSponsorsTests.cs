using static VoteTracker.Tests.Features.CoSponsors.CoSponsorRequests;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>Co-sponsors are recorded, listed and counted.</summary>
[EveryEngine]
public sealed class CoSponsorsTests
{
    [Test]
    public async Task A_state_goes_from_wanted_to_signed_to_withdrawn_and_only_signed_counts()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var counts = new List<int>();
        var etag = "\"0\"";
        foreach (var status in (string[])["wanted", "approached", "committed", "signed", "withdrawn"])
        {
            var first = status == "wanted";
            using var answer = await app.Lobbyist.Send(
                HttpMethod.Put,
                Path(draft, "NOR"),
                new
                {
                    status,
                    role = "main",
                    since = "2026-11-20",
                    withdrawnOn = status == "withdrawn" ? "2026-11-21" : null,
                    note = $"is {status}",
                },
                ifMatch: first ? null : etag,
                ifNoneMatch: first ? "*" : null
            );
            var coSponsor = await answer.Json();
            ((int)answer.StatusCode).ShouldBe(first ? 201 : 200, coSponsor.ToJsonString());
            etag = answer.Headers.ETag!.Tag;
            etag.ShouldBe($"\"{coSponsor["version"]}\"");
            counts.Add(await Count(app, draft));
        }
        counts.ShouldBe([0, 0, 0, 1, 0]);
        var current = await app.Viewer.GetJson(Path(draft, "NOR"));
        current
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                $"resolution: {draft}",
                "memberState: NOR",
                "status: withdrawn",
                "role: main",
                "since: 2026-11-20",
                "withdrawnOn: 2026-11-21",
                "note: is withdrawn",
                "textVersion: ",
                "version: 6",
                "changedBy: lobbyist",
                "changedAt: 2026-11-21T15:00:00Z",
            ]);
    }

    [TestCase("VAT")]
    [TestCase("PSE")]
    public async Task An_observer_co_sponsors_and_counts_in_the_tally_and_under_none(string observer)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Sign(app, draft, observer);
        await Sign(app, draft, "NOR");
        (await Count(app, draft)).ShouldBe(2);
        var rows = (await app.Viewer.GetJson($"/v1/resolutions/{draft}/breakdown"))["rows"]!.AsArray();
        rows.Sum(r => r!["coSponsors"]!.GetValue<int>()).ShouldBe(2);
        var none = rows.Single(r => r!["group"]!.GetValue<string>() == "none")!;
        none["coSponsors"]!.GetValue<int>().ShouldBe(1);
        none["members"]!.GetValue<int>().ShouldBe(0);
        rows.Sum(r => r!["members"]!.GetValue<int>()).ShouldBe(193);
    }

    [Test]
    public async Task A_reader_with_the_current_tag_gets_304()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var version = (await Sign(app, draft, "NOR"))["version"]!.GetValue<long>();
        using var same = await app.Viewer.Send(HttpMethod.Get, Path(draft, "NOR"), null, null, $"\"{version}\"");
        ((int)same.StatusCode).ShouldBe(304);
        using var other = await app.Viewer.Send(HttpMethod.Get, Path(draft, "NOR"), null, null, "\"1\"");
        ((int)other.StatusCode).ShouldBe(200);
    }

    [Test]
    public async Task The_list_is_filtered_and_paged_and_the_public_sees_signed_states()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        (await Codes(app.Viewer, draft, "")).ShouldBeEmpty();
        (await Codes(app.Anonymous, draft, "")).ShouldBeEmpty();
        await Sign(app, draft, "SWE");
        await Sign(app, draft, "DNK", "approached");
        await Sign(app, draft, "NOR");
        await Sign(app, draft, "VAT", "withdrawn");
        (await Codes(app.Viewer, draft, "")).ShouldBe(["DNK", "NOR", "SWE", "VAT"]);
        (await Codes(app.Viewer, draft, "?status=signed")).ShouldBe(["NOR", "SWE"]);
        (await Codes(app.Viewer, draft, "?status=wanted")).ShouldBeEmpty();
        (await Codes(app.Anonymous, draft, "")).ShouldBe(["NOR", "SWE"]);
        (await Codes(app.Anonymous, draft, "?status=approached")).ShouldBeEmpty();
        using var hidden = await app.Anonymous.GetAsync(Path(draft, "DNK"));
        await hidden.ShouldBeProblem(404);
        using var wrong = await app.Viewer.GetAsync(Path(draft, "?status=Signed&limit=0").Replace("/?", "?", default));
        await wrong.ShouldBeProblem(400, "status", "limit");

        using var page = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/co-sponsors?limit=3");
        (await page.Json())["items"]!.AsArray().Count.ShouldBe(3);
        var next = page.Headers.GetValues("Link").Single().Split('<', '>')[1];
        (await app.Viewer.GetJson(next))["items"]!.AsArray().Single()!["memberState"]!
            .GetValue<string>()
            .ShouldBe("VAT");
    }

    [Test]
    public async Task A_mistaken_entry_can_be_deleted_and_recorded_again()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var version = (await Sign(app, draft, "NOR"))["version"]!.GetValue<long>();
        using var old = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, "NOR"), ifMatch: "\"1\"");
        await old.ShouldBeProblem(412);
        using var taken = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, "NOR"), ifMatch: $"\"{version}\"");
        ((int)taken.StatusCode).ShouldBe(204);
        (await Count(app, draft)).ShouldBe(0);
        using var gone = await app.Viewer.GetAsync(Path(draft, "NOR"));
        await gone.ShouldBeProblem(404);
        using var twice = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, "NOR"));
        await twice.ShouldBeProblem(404);
        using var back = await app.Lobbyist.Send(
            HttpMethod.Put,
            Path(draft, "NOR"),
            new { status = "signed", role = "additional" },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        ((int)back.StatusCode).ShouldBe(201);
        (await back.Json())["version"]!.GetValue<long>().ShouldBe(version + 2);
    }

    [Test]
    public async Task As_of_a_moment_the_states_that_had_signed_are_counted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var moments = new List<string>();
        await Then();
        await Sign(app, draft, "NOR");
        await Then();
        await Sign(app, draft, "VAT");
        await Then();
        await Sign(app, draft, "NOR", "withdrawn");
        await Then();
        using var taken = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, "VAT"));
        taken.EnsureSuccessStatusCode();
        await Then();
        var counts = new List<int>();
        foreach (var moment in moments)
        {
            counts.Add(await Count(app, draft, $"?asOf={moment}"));
            var rows = (await app.Viewer.GetJson($"/v1/resolutions/{draft}/breakdown?asOf={moment}"))["rows"]!;
            rows.AsArray().Sum(r => r!["coSponsors"]!.GetValue<int>()).ShouldBe(counts[^1]);
        }
        counts.ShouldBe([0, 1, 2, 1, 0]);

        Task Then()
        {
            moments.Add(app.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null));
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            return Task.CompletedTask;
        }
    }

    private static async Task<List<string>> Codes(HttpClient client, string draft, string query) =>
        [
            .. (await client.GetJson($"/v1/resolutions/{draft}/co-sponsors{query}"))["items"]!
                .AsArray()
                .Select(c => c!["memberState"]!.GetValue<string>()),
        ];
}
