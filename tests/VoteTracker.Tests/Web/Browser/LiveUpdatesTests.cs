using System.Diagnostics;

namespace VoteTracker.Tests.Web.Browser;

public sealed class LiveUpdatesTests : BrowserFixture
{
    private const string Page = $"/resolutions/{SampleDraft.Id}";

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
        await page.WaitForTally(restarted);
        await page.WaitForConnection("page.live.on");
        TestContext.Out.WriteLine($"recovered after {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
