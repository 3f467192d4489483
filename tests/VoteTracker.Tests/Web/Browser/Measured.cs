using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>How fast a page was drawn, and how much it loaded.</summary>
/// <param name="FirstPaint">Milliseconds from the navigation to the first contentful paint.</param>
/// <param name="LargestPaint">Milliseconds from the navigation to the largest contentful paint (LCP).</param>
/// <param name="Shift">The cumulative layout shift (CLS).</param>
/// <param name="Bytes">Everything that came through the network, with headers.</param>
/// <param name="Requests">The number of requests.</param>
internal sealed record Measured(double FirstPaint, double LargestPaint, double Shift, long Bytes, int Requests)
{
    private const string Observe = """
        window.measured = { largest: 0, shift: 0 };
        new PerformanceObserver((list) => { for (const e of list.getEntries()) measured.largest = e.startTime; })
          .observe({ type: "largest-contentful-paint", buffered: true });
        new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) measured.shift += e.value; })
          .observe({ type: "layout-shift", buffered: true });
        """;

    private const string Read = """
        () => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1, measured.largest, measured.shift]
        """;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"first paint {FirstPaint:0} ms, LCP {LargestPaint:0} ms, CLS {Shift:0.000}, {Bytes / 1000.0:0.0} kB in {Requests} requests"
        );

    /// <summary>Goes to a page with an empty cache on a processor that is slowed this many times.</summary>
    public static async Task<Measured> GoTo(BrowserPage page, string path, int slowdown)
    {
        await page.Page.AddInitScriptAsync(Observe);
        var protocol = await page.Protocol();
        await protocol.SendAsync("Network.enable");
        await protocol.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = slowdown });
        long bytes = 0;
        var requests = 0;
        protocol.Event("Network.loadingFinished").OnEvent += (_, data) =>
        {
            Interlocked.Add(ref bytes, (long)data!.Value.GetProperty("encodedDataLength").GetDouble());
            Interlocked.Increment(ref requests);
        };
        await page.GoTo(path);
        await page.Page.WaitForFunctionAsync(
            "() => performance.getEntriesByName('first-contentful-paint').length > 0 && measured.largest > 0"
        );
        // Scripts that run after the load may still move something.
        await page.WaitUntilIdle();
        var figures = await page.Page.EvaluateAsync<JsonElement>(Read);
        await protocol.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 1 });
        return new(
            figures[0].GetDouble(),
            figures[1].GetDouble(),
            figures[2].GetDouble(),
            Interlocked.Read(ref bytes),
            requests
        );
    }

    /// <summary>The memory of a page's scripts after a collection, in bytes.</summary>
    public static async Task<long> Memory(ICDPSession protocol)
    {
        await protocol.SendAsync("HeapProfiler.collectGarbage");
        var usage = await protocol.SendAsync("Runtime.getHeapUsage");
        return (long)usage!.Value.GetProperty("usedSize").GetDouble();
    }
}
