using System.Text.Json;
using VoteTracker.Tests.Features.VoteDays;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>
/// Every page in a browser: in one language, width and theme by default, and in all of them in a soak run. Screenshots are
/// in `TestResults/screenshots`.
/// </summary>
public sealed class PagesTests : BrowserFixture
{
    private static readonly Lazy<Task<App>> Shared = new(Serve);

    internal static IEnumerable<TestCaseData> Visits()
    {
        // The step has no common factor with the 24 looks: neighbouring pages differ in language, width and theme.
        const int step = 7;
        var all = ListedPage.All.SelectMany(
            (page, i) => (Length.IsSoak ? Look.All : [Look.All[i * step % Look.All.Count]]).Select(look => (page, look))
        );
        return all.Select(visit =>
            new TestCaseData(visit.page, visit.look).SetArgDisplayNames($"{visit.page} {visit.look}")
        );
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    [TestCaseSource(nameof(Visits))]
    public async Task A_page_is_complete_accessible_and_in_its_language(object listed, object shown)
    {
        var (entry, look) = ((ListedPage)listed, (Look)shown);
        var app = await Shared.Value;
        var page = await Blank(app.Address, look);
        if (entry.IsSignedIn)
        {
            await page.SignIn(app, "lobbyist");
        }
        await page.GoTo(entry.Path, entry.Status);
        await page.Screenshot($"{entry.Name}-{look}");

        var root = await page.Page.EvaluateAsync<JsonElement>(
            "() => [document.documentElement.lang, document.documentElement.dir]"
        );
        (root[0].GetString(), root[1].GetString()).ShouldBe((look.Code, look.Language.Direction));
        var (_, faults) = await Keyboard.Walk(page.Page);
        faults.ShouldBeEmpty();
    }

    private static async Task<App> Serve()
    {
        var app = new App();
        _ = app.Address;
        await SampleDraft.Open(app);
        using var lobbyist = app.Lobbyist;
        var announced = new
        {
            yes = 3,
            no = 1,
            abstain = 0,
        };
        await lobbyist.Opened(SampleDraft.Id, new { startsWith = "K", announced });
        await lobbyist.Enter(SampleDraft.Id, "KAZ yes", "KEN no", "KIR abstain", "KWT non-voting", "KGZ yes");
        return app;
    }
}
