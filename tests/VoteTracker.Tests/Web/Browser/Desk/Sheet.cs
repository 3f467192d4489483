using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>The whip sheet of the sample draft, as tests use it.</summary>
internal static class Sheet
{
    public const string Path = $"/desk/{SampleDraft.Id}";

    /// <summary>Signs in with a key of a role, and opens the sheet.</summary>
    public static async Task OpenSheet(this BrowserPage page, App app, string role = "lobbyist", string query = "")
    {
        await page.SignIn(app, role);
        await page.GoTo(Path + query);
        await page.WaitUntilReady();
    }

    /// <summary>Opens the sheet, and takes the network away.</summary>
    public static async Task OpenSheetOffline(this BrowserPage page, App app)
    {
        page.Expect("ERR_INTERNET_DISCONNECTED");
        page.Expect("ERR_NETWORK");
        page.Expect("ERR_INCOMPLETE_CHUNKED_ENCODING");
        await page.OpenSheet(app);
        await page.Page.Context.SetOfflineAsync(true);
    }

    /// <summary>Gives the network back.</summary>
    public static async Task GoOnline(this BrowserPage page)
    {
        await page.Page.Context.SetOfflineAsync(false);
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
    }

    /// <summary>What the page says about edits that are not sent.</summary>
    public static ILocator Banner(this BrowserPage page) => page.Page.Locator("#unsent");

    /// <summary>Waits until this number of edits is kept.</summary>
    public static Task WaitForEdits(this BrowserPage page, int count) =>
        page.Page.Locator($"[data-edits='{count}']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Waits until the scripts of the sheet run.</summary>
    public static Task WaitUntilReady(this BrowserPage page) =>
        page.Page.Locator("html[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>The item of a state in the list.</summary>
    public static ILocator State(this BrowserPage page, string iso3) => page.Page.Locator($"#{iso3}");

    /// <summary>The row of a state, which opens its card.</summary>
    public static ILocator Row(this BrowserPage page, string iso3) => page.State(iso3).Locator(".row");

    /// <summary>A button of the open card: the choice `position`, `certainty` or `kind`, and its value.</summary>
    public static ILocator Choice(this BrowserPage page, string choice, string value) =>
        page.Page.Locator($".card [data-choice={choice}] button[value='{value}']");

    /// <summary>A button that does something: `undo`, `save`, `theirs`, `mine`.</summary>
    public static ILocator Do(this BrowserPage page, string what) => page.Page.Locator($"[data-do={what}]:visible");

    /// <summary>Waits until the row shows a position.</summary>
    public static Task WaitForPosition(this BrowserPage page, string iso3, string position) =>
        Assertions.Expect(page.Row(iso3).Locator($".mark.{position}")).ToBeVisibleAsync();

    /// <summary>The number of yes in the count on top.</summary>
    public static async Task<int> ReadYes(this BrowserPage page) =>
        int.Parse(
            await page.Page.Locator("#count .yes").InnerTextAsync(),
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>Waits until the count on top has this number of yes.</summary>
    public static Task WaitForYes(this BrowserPage page, int yes) =>
        Assertions.Expect(page.Page.Locator("#count .yes")).ToHaveTextAsync($"{yes}");

    /// <summary>Waits until every edit is sent.</summary>
    public static Task WaitUntilSent(this BrowserPage page) =>
        page.Page.Locator("[data-edits='0']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Requests to an address, either those that read or those that write, wait until the test sets the result.</summary>
    public static async Task<TaskCompletionSource> Hold(this BrowserPage page, Regex address, bool holdsReads)
    {
        var gate = new TaskCompletionSource();
        await page.Page.RouteAsync(
            address,
            async route =>
            {
                if ((route.Request.Method == "GET") == holdsReads)
                {
                    await gate.Task;
                }
                await route.ContinueAsync();
            }
        );
        return gate;
    }

    /// <summary>Stores a picture of the window.</summary>
    public static Task Picture(this BrowserPage page, string name) =>
        page.Page.ScreenshotAsync(
            new()
            {
                Path = System.IO.Path.Combine(Repository.Root, "TestResults", "screenshots", name + ".png"),
                Animations = ScreenshotAnimations.Disabled,
            }
        );

    /// <summary>The stored stance.</summary>
    public static async Task<JsonNode> Stored(this App app, string iso3)
    {
        using var client = app.Lobbyist;
        return await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/stances/{iso3}");
    }
}
