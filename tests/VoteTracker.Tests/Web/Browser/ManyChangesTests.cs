using System.Diagnostics;
using System.Text.Json;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>A page while its figures change all the time. It measures memory, and so runs alone.</summary>
[NonParallelizable]
public sealed class ManyChangesTests : BrowserFixture
{
    private const string Page = $"/resolutions/{SampleDraft.Id}";
    private static readonly string[] Writers =
    [
        "ALB",
        "AND",
        "ARG",
        "BEL",
        "BRA",
        "CHL",
        "DNK",
        "EGY",
        "FRA",
        "URY",
        "UZB",
        "ZWE",
    ];

    // Notes the time of each change of the count: changes within a frame of 16 ms are one.
    private const string NoteDraws = """
        window.draws = [];
        addEventListener("DOMContentLoaded", () =>
          new MutationObserver(() => {
            const now = performance.now();
            if (!draws.length || now - draws.at(-1) > 16) draws.push(now);
          }).observe(document.querySelector("[data-live=headline]"), { childList: true, subtree: true, characterData: true }));
        """;

    // The most draws within a second.
    private const string MostDraws = """
        () => Math.max(0, ...draws.map((start) => draws.filter((t) => t >= start && t < start + 1000).length))
        """;

    [Test]
    public async Task With_300_changes_a_second_a_page_draws_ten_times_a_second_and_ends_with_the_correct_count()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Open(app, Page, script: NoteDraws);
        await page.WaitForConnection("page.live.on");
        var protocol = await page.Protocol();
        var length = TimeSpan.FromSeconds(Length.IsSoak ? 30 : 3);

        await Change(app, length / 3);
        await page.WaitForTally(app);
        var before = await Measured.Memory(protocol);
        var (changes, seconds) = await Change(app, length);
        await page.WaitForTally(app);
        var after = await Measured.Memory(protocol);

        var most = await page.Page.EvaluateAsync<int>(MostDraws);
        var draws = (await page.Page.EvaluateAsync<JsonElement>("() => draws.length")).GetInt32();
        TestContext.Out.WriteLine(
            $"{changes / seconds:0} changes/s for {seconds:0} s: {draws} draws, at most {most} in a second; memory {before / 1000} kB, then {after / 1000} kB"
        );
        draws.ShouldBeGreaterThan(2);
        most.ShouldBeLessThanOrEqualTo(10);
        // A page that kept each of some thousand drawn trees would grow by many megabytes.
        after.ShouldBeLessThan(before + 1_000_000);
    }

    // 12 writers with 25 changes a second each. A writer that is late catches up, and makes all of its changes.
    private static async Task<(int Changes, double Seconds)> Change(App app, TimeSpan length)
    {
        const int aSecond = 25;
        var watch = Stopwatch.StartNew();
        var each = (int)(aSecond * length.TotalSeconds);
        await Task.WhenAll(Writers.Select(iso3 => Write(app, iso3, each, TimeSpan.FromSeconds(1.0 / aSecond))));
        return (each * Writers.Length, watch.Elapsed.TotalSeconds);
    }

    private static async Task Write(App app, string iso3, int changes, TimeSpan interval)
    {
        using var lobbyist = app.Lobbyist;
        var watch = Stopwatch.StartNew();
        for (var change = 1; change <= changes; change++)
        {
            await lobbyist.RecordStance(SampleDraft.Id, iso3, change % 2 == 0 ? "yes" : "no");
            var ahead = (interval * change) - watch.Elapsed;
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead);
            }
        }
    }
}
