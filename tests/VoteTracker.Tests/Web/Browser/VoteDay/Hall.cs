using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.VoteDay;

/// <summary>The page of the vote day, as tests use it.</summary>
internal static class Hall
{
    public const string Path = $"/vote-day/{SampleDraft.Id}";

    public static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["yes"] = "y",
        ["no"] = "n",
        ["abstain"] = "a",
        ["non-voting"] = "x",
    };

    /// <summary>Signs in and opens the page of a vote day that is open.</summary>
    public static async Task OpenHall(this BrowserPage page, App app, string role = "lobbyist", string query = "")
    {
        await page.SignIn(app, role);
        await page.GoTo(Path + query);
        await page.WaitUntilEntering();
    }

    /// <summary>Waits until the scripts of the page run.</summary>
    public static Task WaitUntilEntering(this BrowserPage page) =>
        page.Page.Locator("#vote-day[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Waits until the page of a recorded vote was loaded again.</summary>
    public static Task WaitUntilRecorded(this BrowserPage page) =>
        page
            .Page.Locator("#vote-day[data-recorded=true][data-ready=true]")
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Waits until this number of entries is not saved.</summary>
    public static Task WaitForUnsaved(this BrowserPage page, int count) =>
        Assertions.Expect(page.Page.Locator($"#vote-day[data-unsaved='{count}']")).ToBeAttachedAsync();

    /// <summary>The button of a member on the board.</summary>
    public static ILocator Cell(this BrowserPage page, string iso3) => page.Page.Locator($"[data-state={iso3}]");

    /// <summary>Waits until the board shows a vote.</summary>
    public static Task WaitForVote(this BrowserPage page, string iso3, string vote) =>
        Assertions.Expect(page.Page.Locator($"[data-state={iso3}][data-vote='{vote}']")).ToBeAttachedAsync();

    /// <summary>Waits until the count shows a number.</summary>
    public static Task WaitForTotal(this BrowserPage page, string name, int total) =>
        Assertions.Expect(page.Page.Locator($"[data-total='{name}']")).ToHaveTextAsync($"{total}");

    /// <summary>Waits until a member is current.</summary>
    public static Task WaitForCurrent(this BrowserPage page, string name) =>
        Assertions.Expect(page.Page.Locator("#name")).ToHaveTextAsync(name);

    /// <summary>Waits until what was entered is in the browser's database: a read waits for the writes before it.</summary>
    public static Task WaitUntilKept(this IPage page) =>
        page.EvaluateAsync(
            """
            () => new Promise((done, failed) => {
              const opening = indexedDB.open("votetracker vote-day", 1);
              opening.onerror = () => failed(opening.error);
              opening.onsuccess = () => {
                const reading = opening.result.transaction("entries").objectStore("entries").count();
                reading.onerror = () => failed(reading.error);
                reading.onsuccess = () => { opening.result.close(); done(); };
              };
            })
            """
        );

    /// <summary>A button with this text.</summary>
    public static ILocator Button(this BrowserPage page, string text) =>
        page.Page.GetByRole(AriaRole.Button, new() { Name = text, Exact = true });

    /// <summary>Takes the network from the page.</summary>
    public static async Task GoOffline(this BrowserPage page)
    {
        page.Expect("ERR_INTERNET_DISCONNECTED");
        page.Expect("ERR_NETWORK");
        page.Expect("ERR_CONNECTION");
        await page.Page.Context.SetOfflineAsync(true);
    }
}
