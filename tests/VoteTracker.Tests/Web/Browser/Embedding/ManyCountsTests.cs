using System.Text.Json;
using Microsoft.Playwright;
using VoteTracker.Tests.Features;
using static Microsoft.Playwright.Assertions;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>Many counts on one page leave connections to everything else, and a count keeps its place.</summary>
public sealed class ManyCountsTests : EmbedFixture
{
    private const string CountConnections = """
        window.requests = { now: 0, most: 0 };
        const original = window.fetch;
        window.fetch = async (...args) => {
          requests.now += 1;
          requests.most = Math.max(requests.most, requests.now);
          try { return await original(...args); } finally { requests.now -= 1; }
        };
        """;

    [Test]
    public async Task A_hundred_elements_on_a_page_show_their_counts_and_use_few_connections()
    {
        var app = Start();
        using var client = app.Anonymous;
        var ids = (await client.GetJson("/v1/resolutions?limit=200"))["items"]!
            .AsArray()
            .Select(r => r!["id"]!.GetValue<string>())
            .ToList();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        // Each resolution in several places, so that sources are shared.
        var shown = Enumerable.Range(0, 100).Select(i => i < 3 ? draft : ids[i % ids.Count]).ToList();
        var visit = await OpenSite(
            app,
            string.Concat(shown.Select(id => EmbeddedCountTests.Element(app, id))),
            EmbeddedCountTests.Script(app),
            script: CountConnections
        );
        await visit.Page.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('vote-tally')].every((e) => e.dataset.version)"
        );
        var requests = visit.Requests.Where(r => r.Url.Contains("/embed/", StringComparison.Ordinal)).ToList();
        requests.Count.ShouldBeLessThan(2 * shown.Distinct().Count());
        visit.Requests.Count(r => r.Url.EndsWith("/stream", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2);
        var most = await visit.Page.Page.EvaluateAsync<int>("() => requests.most");
        most.ShouldBeInRange(1, 2);
        // The site itself still reaches the service at once.
        var milliseconds = await visit.Page.Page.EvaluateAsync<double>(
            "async (address) => { const from = performance.now(); await fetch(address); return performance.now() - from; }",
            $"{app.Address}v1/groups"
        );
        milliseconds.ShouldBeLessThan(10_000);
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(draft, "NOR", "yes");
        foreach (var element in (await visit.Page.Page.Locator("vote-tally").AllAsync()).Take(3))
        {
            await Expect(Visit.Count(element.Locator("ul"), "yes")).ToHaveTextAsync("1");
        }
        visit.Page.CheckOnlyErrors();
    }

    [Test]
    public async Task Many_frames_hold_two_streams_and_all_of_them_show_the_newest_count()
    {
        var app = Start();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        const int frames = 12;
        var visit = await OpenSite(
            app,
            string.Concat(
                Enumerable
                    .Range(0, frames)
                    .Select(i =>
                        $"<iframe src=\"{app.Address}embed/{draft}\" title=\"Count {i}\" width=\"400\" height=\"200\"></iframe>"
                    )
            )
        );
        visit.Page.CheckOnlyErrors();
        for (var i = 0; i < frames; i++)
        {
            await Expect(ListIn(visit, i)).ToHaveTextAsync("0");
        }
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(draft, "NOR", "yes");
        for (var i = 0; i < frames; i++)
        {
            await Expect(ListIn(visit, i)).ToHaveTextAsync("1");
        }
        // A frame opens its stream again if it was silent for long.
        visit
            .Requests.Where(r => r.Url.EndsWith("/stream", StringComparison.Ordinal))
            .Select(r => r.Frame)
            .Distinct()
            .Count()
            .ShouldBe(2);
    }

    [TestCase(280)]
    [TestCase(360)]
    [TestCase(640)]
    public async Task An_element_keeps_the_place_that_it_has_from_the_start(int width)
    {
        var app = Start();
        var draft = await app.OpenDraft(new { visibility = "tally", title = "A sample draft on a subject" });
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(draft, "NOR", "yes");
        const string observe = """
            window.shift = 0;
            new PerformanceObserver((list) => { for (const e of list.getEntries()) shift += e.value; }).observe({ type: "layout-shift", buffered: true });
            """;
        var visit = await OpenSite(
            app,
            $"{EmbeddedCountTests.Element(app, draft)}<p>The text after it.</p>",
            $"<style>main {{ width: {width}px; margin: 0 }} body {{ margin: 0 }} vote-tally:not(:defined) {{ display: block; min-height: {(width < 352 ? 22 : 17)}rem }}</style>{EmbeddedCountTests.Script(app)}",
            look: new Look(Width: Math.Max(width, 360)),
            script: observe
        );
        await Expect(Visit.Count(visit.Page.Page.Locator("vote-tally ul"), "yes")).ToHaveTextAsync("1");
        await visit.Page.WaitUntilIdle();
        var measured = await visit.Page.Page.EvaluateAsync<JsonElement>(
            """
            () => {
              const element = document.querySelector("vote-tally");
              const box = element.shadowRoot.querySelector(".box");
              return [shift, element.getBoundingClientRect().width, box.scrollWidth - box.clientWidth, element.getBoundingClientRect().height];
            }
            """
        );
        await visit.Page.Screenshot($"element-{width}");
        await TestContext.Out.WriteLineAsync($"shift {measured[0]}, height {measured[3]}");
        measured[0].GetDouble().ShouldBeLessThan(0.1);
        measured[1].GetDouble().ShouldBe(width, tolerance: 1);
        measured[2].GetInt32().ShouldBeLessThanOrEqualTo(0, "nothing is wider than the element");
    }

    private static ILocator ListIn(Visit visit, int frame) =>
        Visit.Count(visit.Page.Page.Locator("iframe").Nth(frame).ContentFrame.Locator(".tally"), "yes");
}
