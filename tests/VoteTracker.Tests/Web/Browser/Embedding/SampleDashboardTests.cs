using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;
using VoteTracker.Tests.Web.Embedding;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>The sample dashboard, as a site of others serves it: directly and behind nginx with its cache.</summary>
public sealed class SampleDashboardTests : BrowserFixture
{
    // Records each state that the page draws: the versions of bars and tally, the tally's yes, and the sum of the bars.
    private const string Record = """
        window.drawn = [];
        addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
          const { version, tally } = document.body.dataset;
          const sum = [...document.querySelectorAll(".bar .yes")].reduce((all, bar) => all + Number(bar.textContent), 0);
          const yes = Number(document.getElementById("counts").textContent.split("–")[0]);
          drawn.push([Number(version), Number(tally), yes, sum]);
        }).observe(document.body, { attributes: true }));
        """;

    [TestCase(false)]
    [TestCase(true)]
    public async Task Bars_and_tally_always_have_the_same_version_while_stances_change(bool isBehindCache)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = isBehindCache ? await Nginx.Before(service.Address) : null;
        var api = nginx?.Address ?? service.Address;
        using var admin = service.Client();
        var id = await admin.OpenDraft(new { visibility = "tally" });
        await using var site = await OtherSite.Start(Repository.Read("openapi/live-dashboard.html"));
        var page = await Blank(site.Address, script: Record);
        page.Expect("request to another host: http://127.0.0.1:");
        await page.Page.GotoAsync($"{site.Address}?api={api.ToString().TrimEnd('/')}&resolution={id}");
        await page.Page.WaitForFunctionAsync("() => drawn.length > 0");

        string[] states = ["NOR", "SWE", "FIN", "DNK", "ISL", "FRA", "BRA", "KEN", "IND", "JPN", "MEX", "EGY"];
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(Length.IsSoak ? 60 : 8);
        var version = 0L;
        // Other readers poll too, so that parts of the cache differ in age.
        using var reader = new HttpClient { BaseAddress = api };
        for (var i = 0; DateTime.UtcNow < until; i++)
        {
            if (i % 3 != 0)
            {
                await reader.GetStringAsync(
                    $"v1/resolutions/{id}/{(i % 3 == 1 && i % 40 < 20 ? "tally" : "breakdown")}"
                );
            }
            var position = i % 3 == 2 ? "no" : "yes";
            var stance = await admin.RecordStance(id, states[i % states.Length], position);
            version = stance["version"]!.GetValue<long>();
            await Task.Delay(40);
        }
        await page.Page.WaitForFunctionAsync("(version) => document.body.dataset.version === String(version)", version);
        var drawn = (await page.Page.EvaluateAsync<JsonElement>("() => drawn")).EnumerateArray().ToList();
        var shown = drawn.Select(d => d[0].GetInt64()).ToList();
        await TestContext.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{drawn.Count} states were drawn of {version} versions")
        );
        drawn.Count.ShouldBeGreaterThan(4);
        shown.SequenceEqual(shown.Order()).ShouldBeTrue("a page never goes back");
        foreach (var state in drawn)
        {
            state[1].GetInt64().ShouldBe(state[0].GetInt64());
            state[3].GetInt32().ShouldBe(state[2].GetInt32(), $"version {state[0]}");
        }
        var tally = await admin.GetJson($"v1/resolutions/{id}/tally");
        drawn[^1][2].GetInt32().ShouldBe(tally["yes"]!.GetValue<int>());
        await page.Screenshot($"sample-dashboard{(isBehindCache ? "-nginx" : "")}");
        // The service stops before the end of the test, so the page is checked now.
        (await page.Faults()).ShouldBeEmpty();
        await page.Page.GotoAsync("about:blank");
        page.CheckOnlyErrors();
    }

    [Test]
    public async Task A_withdrawn_draft_has_a_sentence_and_no_counts()
    {
        var app = Start();
        var id = await app.OpenDraft(new { status = "withdrawn", visibility = "tally" });
        await using var site = await OtherSite.Start(Repository.Read("openapi/live-dashboard.html"));
        var page = await Blank(site.Address);
        page.Expect("request to another host: http://127.0.0.1:");
        await page.Page.GotoAsync($"{site.Address}?api={app.Address.ToString().TrimEnd('/')}&resolution={id}");
        await Assertions.Expect(page.Page.Locator("#sentence")).ToContainTextAsync("Withdrawn");
        await Assertions.Expect(page.Page.Locator("#counts")).ToBeEmptyAsync();
        await Assertions.Expect(page.Page.Locator("#bars")).ToBeEmptyAsync();
    }

    [Test]
    public async Task After_a_restore_it_shows_the_lower_version()
    {
        var app = Start();
        var id = await app.OpenDraft(new { visibility = "tally" });
        await using var site = await OtherSite.Start(Repository.Read("openapi/live-dashboard.html"));
        var page = await Blank(site.Address);
        page.Expect("request to another host: http://127.0.0.1:");
        var before = new LaterVersions();
        await page.Page.RouteAsync("**/breakdown*", before.Answer);
        await page.Page.GotoAsync($"{site.Address}?api={app.Address.ToString().TrimEnd('/')}&resolution={id}");
        await Assertions.Expect(page.Page.Locator("#counts")).ToContainTextAsync("0–0–0");
        using var lobbyist = app.Lobbyist;
        before.IsRestored = true;
        var version = (await lobbyist.RecordStance(id, "NOR", "yes"))["version"]!.GetValue<long>();
        await Assertions
            .Expect(page.Page.Locator("body"))
            .ToHaveAttributeAsync("data-version", version.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Page.Locator("#counts")).ToContainTextAsync("1–0–0");
    }

    [Test]
    public async Task On_a_phone_it_shows_the_record_and_a_wrong_resolution_is_named()
    {
        var app = Start();
        await using var site = await OtherSite.Start(Repository.Read("openapi/live-dashboard.html"));
        var page = await Blank(site.Address, new Look(Width: Look.Phone));
        page.Expect("request to another host: http://127.0.0.1:");
        var api = app.Address.ToString().TrimEnd('/');
        await page.Page.GotoAsync($"{site.Address}?api={api}&resolution=es-10-27");
        await Assertions.Expect(page.Page.Locator("#counts")).ToContainTextAsync("149–12–19 reached");
        await page.Screenshot("sample-dashboard-phone");
        page.Expect("404");
        await page.Page.GotoAsync($"{site.Address}?api={api}&resolution=%3Cb%3Enothing");
        await Assertions.Expect(page.Page.Locator("#state")).ToContainTextAsync("Not current: There is no resolution");
    }
}
