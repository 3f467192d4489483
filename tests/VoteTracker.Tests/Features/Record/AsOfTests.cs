using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Features.Record;

/// <summary>`asOf` has one meaning: what this service could have answered at that moment.</summary>
[EveryEngine]
public sealed class AsOfTests
{
    private static readonly string[] Reads =
    [
        "/v1/export/roll-calls.csv",
        "/v1/export/roll-calls.ndjson?session=es-10",
        "/v1/export/roll-calls.csv?from=2023-01-01&to=2023-12-31",
        "/v1/export/matrix.csv",
        "/v1/export/resolutions.csv",
        "/v1/export.zip",
        .. from id in (string[])["es-10-2", "es-10-21", "78-6", "78-7", "78-21"]
        from what in (string[])
            [
                "tally",
                "breakdown?by=bloc",
                "breakdown.csv",
                "export/roll-call.csv",
                "export/breakdown.csv",
                "export/stances.csv",
                "export.zip",
            ]
        select $"/v1/resolutions/{id}/{what}",
    ];

    [Test]
    public async Task An_import_changes_no_byte_of_an_earlier_moment()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        // After the votes in the file and before the import, long before and just before.
        string[] moments = ["2024-06-01T00:00:00Z", "2026-11-21T15:00:30Z"];
        var before = await ReadAll(moments);
        before.Count(read => read.Status == 200).ShouldBeGreaterThan(20);
        var imported = await coordinator.Imported(new VotingFile());
        (imported.Int("textsAdded"), imported.Int("textsChanged")).ShouldBe((3, 2));
        await ShouldBeTheSame(moments, before);

        // The same of a second file, which corrects resolutions of the first one.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        moments = [.. moments, "2026-11-21T15:01:30Z"];
        before = await ReadAll(moments);
        var later = new VotingFile();
        later.Vote("A/RES/78/21", "RUS", "A");
        later.Vote("A/RES/ES-10/2", "NOR", "N");
        for (var i = 2; i <= later.Lines.Count; i++)
        {
            if (later.Lines[i - 1].Contains(",A/RES/78/7,", StringComparison.Ordinal))
            {
                later.Change(i, ",2023-11-02,78,", ",2023-10-31,es-10,");
            }
        }
        (await coordinator.Imported(later)).Int("textsChanged").ShouldBe(3);
        await ShouldBeTheSame(moments, before);

        async Task<List<(string Path, int Status, byte[] Body)>> ReadAll(string[] of)
        {
            var read = new List<(string, int, byte[])>();
            foreach (var path in of.SelectMany(moment => Reads.Select(path => At(path, moment))))
            {
                using var answer = await app.Viewer.GetAsync(path);
                read.Add((path, (int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync()));
            }
            return read;
        }

        async Task ShouldBeTheSame(string[] of, List<(string Path, int Status, byte[] Body)> expected)
        {
            foreach (var (was, now) in expected.Zip(await ReadAll(of)))
            {
                now.Status.ShouldBe(was.Status, now.Path);
                // A 404 may say now that the resolution did not exist at that moment.
                (was.Status == 404 || now.Body.AsSpan().SequenceEqual(was.Body)).ShouldBeTrue(now.Path);
            }
        }
    }

    [Test]
    public async Task Imported_data_is_known_from_its_commit_everywhere()
    {
        using var app = new App();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Coordinator.Imported(new VotingFile());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        const string commit = "2026-11-21T15:01:00Z";
        const string before = "2026-11-21T15:00:59.999999Z";
        (await app.Anonymous.GetJson($"/v1/resolutions/78-21/tally?asOf={commit}")).Int("yes").ShouldBe(127);
        foreach (var what in (string[])["tally", "breakdown", "export/roll-call.csv", "export.zip"])
        {
            using var early = await app.Anonymous.GetAsync($"/v1/resolutions/78-21/{what}?asOf={before}");
            await early.ShouldBeProblem(404);
        }
        foreach (var name in (string[])["roll-calls", "matrix", "resolutions"])
        {
            var path = $"/v1/export/{name}.csv?asOf=";
            (await app.Anonymous.GetStringAsync(path + commit)).ShouldContain("78-21", Case.Sensitive, name);
            (await app.Anonymous.GetStringAsync(path + before)).ShouldNotContain("78-21", Case.Sensitive, name);
        }
        // By the day of the vote, a part of the record is selected with from and to.
        (await app.Anonymous.GetStringAsync("/v1/export/resolutions.csv?from=2023-12-04&to=2023-12-04")).ShouldContain(
            "78-21"
        );
        var list = await app.Anonymous.GetItems("/v1/resolutions?limit=1000");
        var ids = list.Select(r => r.Text("id")!).ToList();
        ids.IndexOf("78-21").ShouldBeGreaterThan(ids.IndexOf("es-10-27"), "listed by the day of the vote");
    }

    [Test]
    public async Task A_moment_up_to_a_minute_in_the_future_means_now_and_the_response_has_the_actual_one()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        var (now, ahead) = ("2026-11-21T15:00:00Z", "2026-11-21T15:01:00Z");
        foreach (var what in (string[])["tally", "breakdown"])
        {
            (await app.Viewer.GetJson($"/v1/resolutions/{id}/{what}?asOf={ahead}")).Text("asOf").ShouldBe(now);
        }
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/stances?asOf={ahead}&position=yes")).Count.ShouldBe(1);
        foreach (var what in (string[])["stances", "breakdown", "history", "co-sponsors"])
        {
            (
                await app.Viewer.GetStringAsync($"/v1/resolutions/{id}/export/{what}.csv?asOf={ahead}")
            ).ShouldNotBeEmpty();
        }
        string[] all =
        [
            $"/v1/resolutions/{id}/tally",
            $"/v1/resolutions/{id}/breakdown.csv",
            $"/v1/resolutions/{id}/stances",
            $"/v1/resolutions/{id}/export/stances.csv",
            $"/v1/resolutions/{id}/export.zip",
            "/v1/export/matrix.csv",
            "/v1/export.zip",
        ];
        foreach (var path in all)
        {
            using var answer = await app.Viewer.GetAsync($"{path}?asOf=2026-11-21T15:01:00.000001Z");
            var problem = await answer.ShouldBeProblem(400, "asOf");
            problem["errors"]!["asOf"]!.ToJsonString().ShouldContain("2026-11-21T15:01:00.000001Z");
        }
    }

    [Test]
    public async Task A_package_of_a_moment_in_the_future_is_never_immutable()
    {
        // Time passes while the service responds.
        using var app = new App(
            new FakeTimeProvider(new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero))
            {
                AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
            }
        );
        var id = await app.OpenDraft();
        foreach (var path in (string[])["/v1/export.zip", $"/v1/resolutions/{id}/export.zip"])
        {
            var ahead = app.Clock.GetUtcNow().AddSeconds(30).Iso();
            using var answer = await app.Viewer.GetAsync($"{path}?asOf={ahead}");
            answer.EnsureSuccessStatusCode();
            answer.Headers.CacheControl!.NoCache.ShouldBeTrue(answer.Headers.CacheControl.ToString());
            var actual = answer.Content.Headers.ContentLocation!.ToString().Split("asOf=")[1];
            actual.ShouldNotBe(ahead);
            DateTimeOffset.Parse(actual, CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(app.Clock.GetUtcNow());
            using var past = await app.Viewer.GetAsync($"{path}?asOf={actual}");
            past.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }
    }

    [Test]
    public async Task An_upper_bound_in_the_future_means_now()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        foreach (var to in (string[])["2026-11-21T15:01:02Z", "9999-12-31T23:59:59Z"])
        {
            var points = await app.Viewer.GetItems($"/v1/resolutions/{id}/tally/timeline?to={to}");
            points.Count.ShouldBe(2);
            var diff = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?to={to}");
            (diff.Text("to"), diff.Field("moves")!.AsArray().Count).ShouldBe(("2026-11-21T15:01:00Z", 1));
        }
        foreach (var what in (string[])["tally/timeline", "diff"])
        {
            using var late = await app.Viewer.GetAsync($"/v1/resolutions/{id}/{what}?from=2026-11-21T15:02:01Z");
            await late.ShouldBeProblem(400, "from");
        }
    }

    [Test]
    public async Task A_difference_from_before_the_resolution_begins_with_its_opening()
    {
        using var app = new App();
        app.Clock.Advance(TimeSpan.FromHours(1));
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        var whole = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff");
        var early = await app.Viewer.GetJson($"/v1/resolutions/{id}/diff?from=2001-01-01T00:00:00Z");
        early.ToJsonString().ShouldBe(whole.ToJsonString());
        early.Text("from").ShouldBe("2026-11-21T16:00:00Z");
        using var before = await app.Viewer.GetAsync($"/v1/resolutions/{id}/diff?to=2026-11-21T15:30:00Z");
        await before.ShouldBeProblem(404);
    }

    private static string At(string path, string moment) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}asOf={moment}";
}
