using System.Diagnostics;
using System.Text.Json;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Browser;

public sealed class LiveUpdatesTests : BrowserFixture
{
    private const string Page = $"/resolutions/{SampleDraft.Id}";

    private static readonly string[] Writers = ["URY", "UZB", "ZWE"];

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
    public async Task A_change_made_through_the_API_appears_in_two_browsers()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var desktop = await Open(app, Page);
        var phone = await Open(app, Page, new Look("ar", Look.Phone, IsDark: true));
        var yes = await desktop.ReadCount("yes");
        await desktop.WaitForConnection("page.live.on");
        await phone.WaitForConnection("page.live.on");

        using var lobbyist = app.Lobbyist;
        var watch = Stopwatch.StartNew();
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "yes");
        await lobbyist.RecordStance(SampleDraft.Id, "ZWE", "yes");
        var expected = (await lobbyist.GetJson($"/v1/resolutions/{SampleDraft.Id}/tally"))["yes"]!.GetValue<int>();
        expected.ShouldBeGreaterThan(yes);
        async Task<TimeSpan> Seen(BrowserPage page)
        {
            await page.WaitForCount("yes", expected);
            return watch.Elapsed;
        }
        var times = await Task.WhenAll(Seen(desktop), Seen(phone));
        TestContext.Out.WriteLine(
            $"in both browsers after {times[0].TotalMilliseconds:0} and {times[1].TotalMilliseconds:0} ms"
        );
    }

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
        await ShowsTheTally(app, page);
        var before = await Measured.Memory(protocol);
        var (changes, seconds) = await Change(app, length);
        await ShowsTheTally(app, page);
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

    [Test]
    public async Task A_page_reports_that_the_server_is_gone_and_recovers()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        Folders.Add(folder);
        var port = Port.Free();
        BrowserPage page;
        int before;
        await using (var app = new App(folder: folder) { Port = port })
        {
            _ = app.Address;
            await SampleDraft.Open(app);
            page = await Open(app, Page);
            await page.WaitForConnection("page.live.on");
            before = await page.ReadCount("no");
        }
        page.Expect("ERR_CONNECTION_REFUSED");
        page.Expect("ERR_INCOMPLETE_CHUNKED_ENCODING");
        page.Expect("ERR_EMPTY_RESPONSE");
        page.Expect("ERR_CONNECTION_RESET");
        await page.WaitForConnection("page.live.lost");
        (await page.ReadCount("no")).ShouldBe(before);

        var restarted = Start(new App(folder: folder) { Port = port });
        using (var lobbyist = restarted.Lobbyist)
        {
            await lobbyist.RecordStance(SampleDraft.Id, "URY", "no");
        }
        var watch = Stopwatch.StartNew();
        await ShowsTheTally(restarted, page);
        await page.WaitForConnection("page.live.on");
        TestContext.Out.WriteLine($"recovered after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static async Task ShowsTheTally(App app, BrowserPage page)
    {
        using var client = app.Lobbyist;
        var tally = await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/tally");
        foreach (var position in new[] { "yes", "no", "abstain", "absent", "undecided", "unknown" })
        {
            await page.WaitForCount(position, tally[position]!.GetValue<int>());
        }
    }

    // Three writers with a change every 10 ms each; a writer that is late catches up.
    private static async Task<(int Changes, double Seconds)> Change(App app, TimeSpan length)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Writers.Select(iso3 => Write(app, iso3, length)));
        return (counts.Sum(), watch.Elapsed.TotalSeconds);
    }

    private static async Task<int> Write(App app, string iso3, TimeSpan length)
    {
        using var lobbyist = app.Lobbyist;
        var watch = Stopwatch.StartNew();
        var changes = 0;
        for (; watch.Elapsed < length; changes++)
        {
            await lobbyist.RecordStance(SampleDraft.Id, iso3, changes % 2 == 0 ? "yes" : "no");
            var ahead = TimeSpan.FromMilliseconds(10 * (changes + 1)) - watch.Elapsed;
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead);
            }
        }
        return changes;
    }
}
