using System.Globalization;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>The page of a resolution, as tests read it.</summary>
internal static class Dashboard
{
    /// <summary>What the page says about its connection.</summary>
    public static ILocator Connection(this BrowserPage page) => page.Page.Locator("#connection");

    /// <summary>What the page says about the age of its figures.</summary>
    public static ILocator Age(this BrowserPage page) => page.Page.Locator("#age");

    /// <summary>The count of a position in the headline.</summary>
    public static ILocator Count(this BrowserPage page, string position) =>
        page.Page.Locator($"dl.counts .{position} dd");

    /// <summary>Reads the count of a position.</summary>
    public static async Task<int> ReadCount(this BrowserPage page, string position) =>
        int.Parse(await page.Count(position).InnerTextAsync(), CultureInfo.InvariantCulture);

    /// <summary>Waits until the page shows this count.</summary>
    public static async Task WaitForCount(this BrowserPage page, string position, int count) =>
        await Assertions.Expect(page.Count(position)).ToHaveTextAsync(count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until the page shows the counts of the API.</summary>
    public static async Task WaitForTally(this BrowserPage page, App app)
    {
        using var client = app.Lobbyist;
        var tally = await client.GetJson($"/v1/resolutions/{SampleDraft.Id}/tally");
        foreach (var position in new[] { "yes", "no", "abstain", "absent", "undecided", "unknown" })
        {
            await page.WaitForCount(position, tally[position]!.GetValue<int>());
        }
    }

    /// <summary>Waits until the line about the connection has this message.</summary>
    public static async Task WaitForConnection(this BrowserPage page, string message) =>
        await Assertions.Expect(page.Connection()).ToContainTextAsync(page.Look.Language.Text(message));

    /// <summary>Signs in with a key of this role, in the form of the page.</summary>
    public static async Task SignIn(this BrowserPage page, App app, string role)
    {
        using var client = app.As(role);
        await page.SignInWith(client.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    /// <summary>Signs in with a key, in the form of the page.</summary>
    public static async Task SignInWith(this BrowserPage page, string key)
    {
        await page.GoTo("/sign-in");
        await page.Page.Locator("input[name=key]").FillAsync(key);
        await page.Page.Locator("main form [type=submit]").ClickAsync();
        await page.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}
