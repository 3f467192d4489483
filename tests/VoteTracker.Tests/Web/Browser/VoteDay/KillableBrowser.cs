using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.VoteDay;

/// <summary>A browser with a profile on disk, all of whose processes can be killed.</summary>
internal sealed class KillableBrowser
{
    private static readonly string[] Votes = ["yes", "no", "abstain", "non-voting"];
    private readonly IPlaywright _driver;
    private readonly string _profile;

    private KillableBrowser(IPlaywright driver, IPage page, string profile) =>
        (_driver, Page, _profile) = (driver, page, profile);

    public IPage Page { get; }

    public static async Task<KillableBrowser> Start(string profile, Uri address)
    {
        var driver = await Playwright.CreateAsync();
        var context = await driver.Chromium.LaunchPersistentContextAsync(
            profile,
            new()
            {
                ExecutablePath = Chromium.Find(),
                Args = Chromium.Arguments,
                BaseURL = address.ToString(),
            }
        );
        context.SetDefaultTimeout(Chromium.Limit);
        context.SetDefaultNavigationTimeout(Chromium.Limit);
        return new(driver, context.Pages[0], profile);
    }

    public async Task SignIn(string key)
    {
        await Page.GotoAsync("/sign-in");
        await Page.Locator("input[name=key]").FillAsync(key);
        await Page.Locator("main form [type=submit]").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Waits until the scripts of the page run.</summary>
    public Task Ready() =>
        Page.Locator("#vote-day[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public Task WaitForUnsaved(int count) =>
        Assertions.Expect(Page.Locator($"#vote-day[data-unsaved='{count}']")).ToBeAttachedAsync();

    /// <summary>Presses keys of votes, and returns what they enter: `KAZ yes`.</summary>
    public async Task<IReadOnlyList<string>> Press(params string[] keys)
    {
        var entered = new List<string>();
        foreach (var key in keys)
        {
            var state = await Page.Locator("[data-state][aria-current]").GetAttributeAsync("data-state");
            await Page.Keyboard.PressAsync(key);
            entered.Add($"{state} {Votes["ynax".IndexOf(key, StringComparison.Ordinal)]}");
        }
        return entered;
    }

    /// <summary>kill -9 of every process of the browser.</summary>
    public async Task Kill()
    {
        var killed = await KillFound();
        killed.ShouldBeGreaterThan(0);
        // One of them can have started another meanwhile, which would still write into the profile.
        while (killed > 0)
        {
            killed = await KillFound();
        }
        _driver.Dispose();
    }

    private async Task<int> KillFound()
    {
        var killed = 0;
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }
            try
            {
                var line = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "cmdline")));
                if (line.Contains($"--user-data-dir={_profile}", StringComparison.Ordinal))
                {
                    using var process = System.Diagnostics.Process.GetProcessById(id);
                    process.Kill();
                    await process.WaitForExitAsync();
                    killed++;
                }
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
        return killed;
    }
}
