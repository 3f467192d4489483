using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>
/// A page in a context of its own. It collects what a reader of the page must never meet: errors, violations of the
/// Content-Security-Policy, and requests that fail or leave the service.
/// </summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    // A blocked resource is not always in the console.
    private const string LogViolations = """
        addEventListener("securitypolicyviolation", (event) =>
          console.error(`Content-Security-Policy: ${event.effectiveDirective} blocks ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}`));
        """;

    /// <summary>For a test that taps twice or reads a text of some seconds: what the page does after 2 or 5 seconds never comes.</summary>
    public const string WithoutLimits =
        "setTimeout = ((set) => (run, time, ...more) => set(run, time === 5000 || time === 2000 ? 2 ** 30 : time, ...more))(setTimeout);";

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentBag<string> _expected = [];
    private bool _isPlain;

    private BrowserPage(IBrowserContext context, IPage page, Uri address, Look look)
    {
        (_context, Page, _address, Look) = (context, page, address, look);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _faults.Enqueue($"error: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } uri && uri.Authority != address.Authority)
            {
                _faults.Enqueue($"request to another host: {uri}");
            }
        };
        page.RequestFailed += (_, request) =>
        {
            // A page that is left, or a stream that its script closes.
            if (request.Failure != "net::ERR_ABORTED")
            {
                _faults.Enqueue($"failed request: {request.Method} {request.Url}: {request.Failure}");
            }
        };
    }

    public IPage Page { get; }

    public Look Look { get; }

    /// <summary>Opens an empty page. The optional script runs before those of each page.</summary>
    public static async Task<BrowserPage> New(
        Uri address,
        Look look,
        Action<BrowserNewContextOptions>? options = null,
        string? script = null
    )
    {
        var settings = new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            Locale = look.Code,
            ColorScheme = look.Scheme,
            ViewportSize = new() { Width = look.Width, Height = look.Width == Look.Phone ? 740 : 900 },
            TimezoneId = "America/New_York",
            ReducedMotion = ReducedMotion.Reduce,
        };
        options?.Invoke(settings);
        var browser = await Chromium.Browser();
        var context = await browser.NewContextAsync(settings);
        context.SetDefaultTimeout(Chromium.Limit);
        context.SetDefaultNavigationTimeout(Chromium.Limit);
        await context.AddInitScriptAsync(LogViolations);
        if (script is not null)
        {
            await context.AddInitScriptAsync(script);
        }
        // The checks wait for timers, which do not run without scripts.
        var isPlain = settings.JavaScriptEnabled == false;
        return new(context, await context.NewPageAsync(), address, look) { _isPlain = isPlain };
    }

    /// <summary>Goes to a page of the service, which responds with this status.</summary>
    public async Task GoTo(string path, int status = 200)
    {
        if (status >= 400)
        {
            Expect($"status of {status}");
        }
        var response = await Page.GotoAsync(path);
        response.ShouldNotBeNull(path);
        response.Status.ShouldBe(status, path);
    }

    /// <summary>Leaves out the faults that contain this text: the test causes them on purpose.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>Checks only what the page logs, not how it looks: the test leaves it in the middle of something.</summary>
    public void CheckOnlyErrors() => _isPlain = true;

    /// <summary>A session of the DevTools protocol, for measurements.</summary>
    public Task<ICDPSession> Protocol() => _context.NewCDPSessionAsync(Page);

    /// <summary>Waits until the page has nothing to do. The limit is for a browser that draws nothing, which would never tell.</summary>
    public Task WaitUntilIdle() =>
        Page.EvaluateAsync("() => new Promise((done) => requestIdleCallback(done, { timeout: 10000 }))")
            .WaitAsync(Hang.Limit);

    /// <summary>Stores a picture of the whole page in `TestResults/screenshots`.</summary>
    public Task Screenshot(string name) => Save(Path.Combine("TestResults", "screenshots", name + ".png"), true);

    /// <summary>Stores a picture for the README in `.github/images`, if generated files are to be refreshed.</summary>
    public async Task ReadmeImage(string name, bool isWholePage = true)
    {
        await Screenshot("readme-" + name);
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            await Save(Path.Combine(".github", "images", name + ".png"), isWholePage);
        }
    }

    /// <summary>Everything that is wrong with the page: what happened since it was opened, and how it is now.</summary>
    public async Task<IReadOnlyList<string>> Faults(bool isComplete = true)
    {
        if (isComplete && !_isPlain)
        {
            foreach (var fault in await Looks.Faults(Page))
            {
                _faults.Enqueue(fault);
            }
            foreach (var fault in await Accessibility.Faults(Page))
            {
                _faults.Enqueue(fault);
            }
        }
        return
        [
            .. _faults
                .Distinct(StringComparer.Ordinal)
                .Where(fault => !_expected.Any(text => fault.Contains(text, StringComparison.Ordinal)))
                .Select(fault => $"{Where()} {Look}: {fault}"),
        ];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private string Where() =>
        _address.MakeRelativeUri(new Uri(Page.Url)).ToString() is { Length: > 0 } path ? path : "/";

    private Task Save(string path, bool isWholePage) =>
        Page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Repository.Root, path),
                FullPage = isWholePage,
                Animations = ScreenshotAnimations.Disabled,
            }
        );
}
