using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>
/// The browser of this test run: one process, started by the first test that needs it and closed after the last test.
/// Each page has a context of its own, and shares nothing with other pages.
/// </summary>
internal static class Chromium
{
    // Debian has the first two. The first one has no window, and starts and draws faster.
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];

    /// <summary>The arguments of every browser.</summary>
    public static readonly IReadOnlyList<string> Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>
    /// How long a step waits for a page, in milliseconds. It only ends a test that hangs: other tests run at the same time,
    /// and a busy machine needs many seconds for a step.
    /// </summary>
    public const float Limit = 180_000;

    private static readonly Lazy<Task<Running>> Started = new(Start);

    /// <summary>Returns the browser, and starts it if this is the first call.</summary>
    public static async Task<IBrowser> Browser() => (await Started.Value).Browser;

    /// <summary>Closes the browser, if a test has started it.</summary>
    public static async Task Close()
    {
        if (Started.IsValueCreated)
        {
            var running = await Started.Value;
            await running.Browser.CloseAsync();
            running.Driver.Dispose();
        }
    }

    private static async Task<Running> Start()
    {
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Arguments });
        return new(driver, browser);
    }

    /// <summary>The path of the program.</summary>
    public static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"No browser on the PATH. Install Debian's package chromium; any of {string.Join(", ", Names)} is used."
        );

    private sealed record Running(IPlaywright Driver, IBrowser Browser);
}
