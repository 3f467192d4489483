using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>
/// Tests in a browser. At the end of a test, each page that it opened is checked, and then closed before its service.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class BrowserFixture
{
    private readonly List<BrowserPage> _pages = [];
    private readonly List<App> _apps = [];

    /// <summary>Folders of databases that are deleted after the services.</summary>
    private protected List<string> Folders { get; } = [];

    [TearDown]
    public async Task CheckPages()
    {
        var faults = new List<string>();
        try
        {
            // A page of a test that failed may be in any state, but what it logged explains much.
            var isComplete =
                TestContext.CurrentContext.Result.Outcome.Status != NUnit.Framework.Interfaces.TestStatus.Failed;
            foreach (var page in _pages)
            {
                faults.AddRange(await page.Faults(isComplete));
            }
        }
        finally
        {
            foreach (var page in _pages)
            {
                await page.DisposeAsync();
            }
            foreach (var app in _apps)
            {
                await app.DisposeAsync();
            }
            foreach (var folder in Folders)
            {
                Databases.Drop(folder);
                Directory.Delete(folder, recursive: true);
            }
        }
        faults.ShouldBeEmpty();
    }

    /// <summary>Starts a service that is stopped after the pages of this test.</summary>
    private protected App Start(App? app = null)
    {
        app ??= new App();
        _apps.Add(app);
        // Its clients use the real server too, and so come after it.
        _ = app.Address;
        return app;
    }

    /// <summary>Opens a page of a service in a new context: without cookies, storage or cache.</summary>
    private protected async Task<BrowserPage> Open(
        App app,
        string path,
        Look? look = null,
        Action<BrowserNewContextOptions>? options = null,
        string? script = null
    )
    {
        var page = await Blank(app.Address, look, options, script);
        await page.GoTo(path);
        return page;
    }

    /// <summary>A new context with an empty page. Paths are relative to the address.</summary>
    private protected async Task<BrowserPage> Blank(
        Uri address,
        Look? look = null,
        Action<BrowserNewContextOptions>? options = null,
        string? script = null
    )
    {
        var page = await BrowserPage.New(address, look ?? new Look(), options, script);
        _pages.Add(page);
        return page;
    }
}
