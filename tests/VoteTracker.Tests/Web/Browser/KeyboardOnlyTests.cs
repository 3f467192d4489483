using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

public sealed class KeyboardOnlyTests : BrowserFixture
{
    [Test]
    public async Task A_reader_finds_opens_and_reads_a_resolution_with_the_keyboard()
    {
        var app = Start();
        var page = await Open(app, "/");
        var keys = page.Page.Keyboard;
        // The first stop leads past the navigation.
        await keys.PressAsync("Tab");
        (await Focused(page)).ShouldContain("skip");
        await TabTo(page, "id=\"q\"");
        await keys.TypeAsync("ES-10/27");
        await keys.PressAsync("Enter");
        await Shows(page, "/?q=", "main a[href^='/resolutions/es-10-27']");
        await TabTo(page, "href=\"/resolutions/es-10-27");
        await keys.PressAsync("Enter");
        await Shows(page, "/resolutions/es-10-27", "details.group summary");
        await TabTo(page, "<summary", "details.group summary");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("details.group[open] li").First).ToBeVisibleAsync();
    }

    // A look at the page itself: the event of its load can come before the test waits for it.
    private static async Task Shows(BrowserPage page, string address, string selector)
    {
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex(Regex.Escape(address)));
        await Assertions.Expect(page.Page.Locator(selector).First).ToBeVisibleAsync();
    }

    private static async Task TabTo(BrowserPage page, string html, string selector = "*")
    {
        for (var presses = 0; presses < 500; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (
                (await Focused(page)).Contains(html, StringComparison.Ordinal)
                && await page.Page.EvaluateAsync<bool>(
                    "(selector) => document.activeElement.matches(selector)",
                    selector
                )
            )
            {
                return;
            }
        }
        throw new AssertionException($"The tabulator key does not reach {html}.");
    }

    private static Task<string> Focused(BrowserPage page) =>
        page.Page.EvaluateAsync<string>("() => document.activeElement.cloneNode(false).outerHTML");
}
