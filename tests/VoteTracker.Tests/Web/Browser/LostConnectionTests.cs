using Microsoft.Playwright;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>
/// A page whose stream or server fails: it never says that it is live without a sign of it, updates in another way if it
/// can, and says how old its figures are if it cannot. The clock of the page jumps where a reader would wait.
/// </summary>
public sealed class LostConnectionTests : BrowserFixture
{
    private const string Page = $"/resolutions/{SampleDraft.Id}";
    private const string Stream = "**/tally/stream";

    // Longer than the page waits for a heartbeat.
    private const int Silence = 21_000;

    private const string CountBeats = """
        window.beats = 0;
        const Source = window.EventSource;
        window.EventSource = class extends Source {
          constructor(address) {
            super(address);
            this.addEventListener("heartbeat", () => window.beats++);
          }
        };
        """;

    [Test]
    public async Task A_page_notices_that_the_server_hangs_and_recovers()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        var page = await Blank(service.Address);
        await page.Page.Clock.InstallAsync();
        await page.GoTo("/resolutions/es-10-27");
        await page.WaitForConnection("page.live.on");
        await Signal(service, "STOP");
        try
        {
            await page.Page.Clock.FastForwardAsync(Silence);
            await page.WaitForConnection("page.live.lost");
            await Assertions.Expect(page.Age()).ToBeVisibleAsync();
        }
        finally
        {
            await Signal(service, "CONT");
        }
        await page.WaitForConnection("page.live.on");
        await Assertions.Expect(page.Age()).ToBeHiddenAsync();
        // The service ends before the page is checked.
        await page.Page.GotoAsync("about:blank");
        page.CheckOnlyErrors();
    }

    [Test]
    public async Task Heartbeats_keep_a_page_live_without_new_streams()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, script: CountBeats);
        await page.Page.Clock.InstallAsync();
        var streams = 0;
        page.Page.Request += (_, request) =>
            streams += request.Url.EndsWith("/stream", StringComparison.Ordinal) ? 1 : 0;
        await page.GoTo(Page);
        await page.WaitForConnection("page.live.on");
        // Together longer than the silence that a page accepts; each far shorter, because the clock of the page also runs.
        for (var beat = 0; beat < 10; beat++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(15));
            await page.Page.WaitForFunctionAsync("beats => window.beats >= beats", beat + 1);
            await page.Page.Clock.FastForwardAsync(4_000);
        }
        await page.WaitForConnection("page.live.on");
        streams.ShouldBe(1);
    }

    [TestCase("en", 1)]
    [TestCase("en", 5)]
    [TestCase("ru", 3)]
    [TestCase("ar", 2)]
    [TestCase("zh", 59)]
    [TestCase("fr", 61)]
    [TestCase("es", 180)]
    public async Task A_browser_that_is_offline_shows_how_old_the_figures_are(string code, int minutes)
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(code, Look.Phone));
        var start = new DateTime(2026, 11, 21, 12, 3, 0, DateTimeKind.Utc);
        await page.Page.Clock.SetFixedTimeAsync(start);
        await page.GoTo(Page);
        await page.WaitForConnection("page.live.on");
        page.Expect("ERR_INTERNET_DISCONNECTED");
        await page.Page.Context.SetOfflineAsync(true);
        await page.WaitForConnection("page.live.lost");
        var language = page.Look.Language;
        await Assertions
            .Expect(page.Age())
            .ToHaveTextAsync(language.Text("page.live.now").Replace("{time}", "12:03", StringComparison.Ordinal));
        await page.Page.Clock.SetFixedTimeAsync(start.AddMinutes(minutes));
        var age =
            minutes < 60
                ? language.Text("page.live.minutes", ("n", minutes), ("time", "12:03"))
                : language.Text("page.live.hours", ("n", minutes / 60), ("time", "12:03"));
        await Assertions.Expect(page.Age()).ToHaveTextAsync(age);
        await Assertions.Expect(page.Age()).ToBeVisibleAsync();

        await page.Page.Context.SetOfflineAsync(false);
        await page.WaitForConnection("page.live.on");
        await Assertions.Expect(page.Age()).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_page_without_its_stream_polls_and_returns_to_the_stream()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 502");
        await page.Page.RouteAsync(Stream, route => route.FulfillAsync(new() { Status = 502 }));
        await page.GoTo(Page);
        await page.WaitForConnection("page.live.polling");
        await Changes(app, page, "URY");

        await page.Page.UnrouteAsync(Stream);
        await page.WaitForConnection("page.live.on");
        await Changes(app, page, "ZWE");
    }

    [Test]
    public async Task A_page_whose_stream_sends_nothing_polls_and_returns_to_the_stream()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.Page.RouteAsync(Stream, _ => Task.CompletedTask);
        await page.GoTo(Page);
        await page.WaitForConnection("page.live.polling");
        await Changes(app, page, "URY");

        await page.Page.UnrouteAsync(Stream);
        await page.WaitForConnection("page.live.on");
        await Changes(app, page, "ZWE");
    }

    [Test]
    public async Task A_request_for_the_page_that_hangs_does_not_stop_the_updates()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Open(app, Page);
        await page.WaitForConnection("page.live.on");
        // The first request of the script.
        await page.Page.RouteAsync("**/resolutions/*?atLeast=*", _ => Task.CompletedTask, new() { Times = 1 });
        // Until the next poll, for some seconds.
        var lost = page.Page.WaitForFunctionAsync(
            "() => document.getElementById('connection').dataset.connection === 'lost'",
            null,
            new() { PollingInterval = 100 }
        );
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(SampleDraft.Id, "URY", "yes");
        await lobbyist.RecordStance(SampleDraft.Id, "ZWE", "yes");
        await lost;
        await page.WaitForTally(app);
        await page.WaitForConnection("page.live.on");
    }

    private static async Task Changes(App app, BrowserPage page, string iso3)
    {
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(SampleDraft.Id, iso3, "no");
        await page.WaitForTally(app);
        var yes = await page.ReadCount("yes");
        await lobbyist.RecordStance(SampleDraft.Id, iso3, "yes");
        await page.WaitForTally(app);
        (await page.ReadCount("yes")).ShouldBeGreaterThan(yes);
    }

    private static async Task Signal(Service service, string signal)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{service.Id}"]);
        await kill.WaitForExitAsync();
    }
}
