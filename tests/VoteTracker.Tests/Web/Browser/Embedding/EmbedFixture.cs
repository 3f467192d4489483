using System.Collections.Concurrent;
using Microsoft.Playwright;
using VoteTracker.Tests.Web.Embedding;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>Tests of counts on a site of others, in a browser.</summary>
public abstract class EmbedFixture : BrowserFixture
{
    private readonly List<OtherSite> _sites = [];

    [TearDown]
    public async Task StopSites()
    {
        foreach (var site in _sites)
        {
            await site.DisposeAsync();
        }
    }

    /// <summary>Opens a page of a site of others; its requests to the service are collected.</summary>
    private protected async Task<Visit> OpenSite(
        App app,
        string body,
        string head = "",
        string? policy = null,
        Look? look = null,
        Action<BrowserNewContextOptions>? options = null,
        string? script = null,
        Func<BrowserPage, Task>? before = null
    )
    {
        var site = await OtherSite.Start(OtherSite.Page(body, head), policy);
        _sites.Add(site);
        var page = await Blank(site.Address, look, options, script);
        page.Expect("request to another host: http://127.0.0.1:");
        var visit = new Visit(page, app);
        if (before is not null)
        {
            await before(page);
        }
        visit.Begin();
        await page.Page.GotoAsync(site.Address.ToString());
        return visit;
    }

    /// <summary>Signs in on the service, as a reader who also works there.</summary>
    private protected static async Task SignIn(BrowserPage page, App app)
    {
        await page.Page.GotoAsync($"{app.Address}sign-in");
        await page.Page.Locator("input[name=key]").FillAsync(App.AdminKey);
        await page.Page.Locator("main form [type=submit]").ClickAsync();
        await page.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}

/// <summary>A page of others, with everything that it exchanged with the service.</summary>
internal sealed class Visit(BrowserPage page, App app)
{
    private readonly ConcurrentQueue<IRequest> _requests = new();

    public BrowserPage Page => page;

    /// <summary>The requests to the service.</summary>
    public IReadOnlyCollection<IRequest> Requests => _requests;

    /// <summary>The frame of the service.</summary>
    public IFrameLocator Frame => page.Page.Locator("iframe").First.ContentFrame;

    /// <summary>The count of a position in the frame or in the element.</summary>
    public static ILocator Count(ILocator list, string word) =>
        list.Locator("li", new() { HasTextString = word }).Locator("b");

    public void Begin()
    {
        page.Page.Request += (_, request) =>
        {
            if (request.Url.StartsWith(app.Address.ToString(), StringComparison.Ordinal))
            {
                _requests.Enqueue(request);
            }
        };
    }
}
