using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>The checks of pages find planted faults, and find nothing in a good page.</summary>
public sealed class PlantedFaultsTests
{
    // No server has this name: the test responds in its place.
    private static readonly Uri Nowhere = new("http://votetracker.test/");

    [Test]
    public async Task A_good_page_has_no_fault()
    {
        await using var page = await Page(
            """
            <p>194 members. See votes.csv, un.org and group</p>
            <p><bdi>sentence.withdrawn {n} undefined</bdi></p><code>/v1/resolutions/{id}</code>
            <div style='overflow-x: auto; width: 100px' tabindex='0'><p style='width: 9000px'>A wide table</p></div>
            <p style='position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap'>Read aloud</p>
            <svg width='200' height='20' role='img' aria-label='A picture'><text x='0' y='15'>Short</text></svg>
            """
        );
        (await page.Faults()).ShouldBeEmpty();
    }

    [Test]
    public async Task Each_planted_fault_is_found()
    {
        (string Fault, string Html)[] planted =
        [
            ("overflow: ", "<p style='width: 3000px'>Wide</p>"),
            ("outside: ", "<p style='position: absolute; left: -40px'>Left</p>"),
            ("cut: ", "<p style='width: 30px; overflow: hidden; white-space: nowrap'>A long sentence</p>"),
            (
                "cut in a picture: ",
                "<svg width='20' height='20' role='img' aria-label='A'><text y='15'>Long text</text></svg>"
            ),
            ("untranslated: sentence.withdrawn", "<p>sentence.withdrawn</p>"),
            ("untranslated: group.african-states", "<p title='group.african-states'>A group</p>"),
            ("placeholder: ", "<p>Open: {n}</p>"),
            ("no value: ", "<p>Open: undefined</p>"),
            ("console: a", "<script>console.error('a')</script>"),
            ("error: ", "<script>throw new Error('a')</script>"),
            ("request to another host: ", "<img alt='' src='http://elsewhere.test/a.png'>"),
            ("failed request: ", "<img alt='' src='/broken.png'>"),
            ("status of 404", "<img alt='' src='/missing.png'>"),
            ("axe: color-contrast", "<p style='color: #ccc; background: #fff'>Pale</p>"),
            ("axe: image-alt", "<img src='/picture.png'>"),
            (
                "axe: target-size",
                "<button style='width: 9px; height: 9px'>a</button><button style='width: 9px; height: 9px'>b</button>"
            ),
        ];
        await using var page = await Page(string.Concat(planted.Select(p => p.Html)));
        var faults = await page.Faults();
        planted
            .Select(p => p.Fault)
            .Where(fault => !faults.Any(f => f.Contains(fault, StringComparison.Ordinal)))
            .ShouldBeEmpty(string.Join('\n', faults));
    }

    [Test]
    public async Task Violations_of_the_content_security_policy_are_found()
    {
        await using var page = await Page(
            "<script>document.title = 'changed'</script><p style='color: red'>Red</p>",
            new() { ["Content-Security-Policy"] = "default-src 'self'" }
        );
        var faults = string.Join('\n', await page.Faults());
        faults.ShouldContain("Content-Security-Policy: script-src");
        faults.ShouldContain("Content-Security-Policy: style-src");
    }

    [Test]
    public async Task A_walk_with_the_keyboard_reaches_everything()
    {
        await using var page = await Page(
            "<a href='/a'>A</a><button>B</button><details><summary>C</summary><a href='/d'>D</a></details><input aria-label='E'>"
        );
        var (count, faults) = await Keyboard.Walk(page.Page);
        faults.ShouldBeEmpty();
        count.ShouldBe(4);
    }

    [Test]
    public async Task A_walk_with_the_keyboard_finds_what_it_cannot_use()
    {
        await using var page = await Page(
            """
            <button style='outline: none'>A</button><button style='position: fixed; left: -500px'>B</button>
            <button onkeydown='event.preventDefault()'>C</button><button>D</button>
            """
        );
        var (_, faults) = await Keyboard.Walk(page.Page);
        faults
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "focus outside the window: <button> B",
                "no visible focus: <button> A",
                "not reached: <button> D",
            ]);
    }

    private static async Task<BrowserPage> Page(string body, Dictionary<string, string>? headers = null)
    {
        var page = await BrowserPage.New(Nowhere, new Look());
        await page.Page.RouteAsync("**/*", route => Respond(route, body, headers ?? []));
        await page.GoTo("/");
        await page.Page.WaitForLoadStateAsync(LoadState.Load);
        return page;
    }

    private static Task Respond(IRoute route, string body, Dictionary<string, string> headers) =>
        new Uri(route.Request.Url).AbsolutePath switch
        {
            "/" => route.FulfillAsync(
                new()
                {
                    ContentType = "text/html; charset=utf-8",
                    Headers = headers,
                    Body =
                        $"<!doctype html><html lang='en'><title>A page</title><main><h1>A page</h1>{body}</main></html>",
                }
            ),
            "/picture.png" => route.FulfillAsync(
                new() { ContentType = "image/svg+xml", Body = "<svg xmlns='http://www.w3.org/2000/svg'/>" }
            ),
            "/broken.png" => route.AbortAsync("connectionreset"),
            _ => route.FulfillAsync(new() { Status = 404 }),
        };
}
