using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Process;

/// <summary>Two hundred listeners that open a stream and read nothing use bounded memory and delay no other client.</summary>
/// <remarks>
/// What is bounded is the memory that is reachable for a listener, after a full collection. The resident memory of a
/// process is not: how much the collector keeps in reserve depends on the machine's caches and on its load. So the
/// service listens in this process, where the garbage collector can be queried.
/// </remarks>
[NonParallelizable]
public sealed partial class StalledListenersTests
{
    private const int Stalled = 200;

    /// <summary>The most that a stalled listener may hold, in bytes: Kestrel keeps at most 64 KiB of a response.</summary>
    private const int MostEach = 96 * 1024;

    /// <summary>The most that it may hold further after twice as many events. One event has about 1,000 bytes.</summary>
    private const int MostEachFurther = 4 * 1024;

    /// <summary>This many events fill every buffer between the service and a client.</summary>
    private const int Filling = 400;

    private static readonly int Further = Length.IsSoak ? 10 * Filling : Filling;

    [Test]
    public async Task Listeners_that_read_nothing_use_bounded_memory_and_delay_no_other_client()
    {
        using var app = new App();
        var address = new Uri($"http://{app.Listen()}");
        var draft = await app.OpenDraft(new { visibility = "tally" });
        using var client = app.Admin;
        using var one = await Listener.Open(client, draft);
        using var all = await Listener.OpenAll(client);
        var version = 1L;

        // Each event reaches the listeners that read before the next is written.
        async Task Write(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var position = version % 2 == 0 ? "yes" : "no";
                version = (await client.RecordStance(draft, "ZAF", position))["version"]!.GetValue<long>();
                foreach (var listener in (Listener[])[one, all])
                {
                    while ((await listener.Next()).Tally["version"]!.GetValue<long>() < version) { }
                }
            }
        }

        await Write(Filling);
        var before = Reachable(app);
        var stalled = new List<StalledListener>();
        try
        {
            for (var i = 0; i < Stalled; i++)
            {
                var path = i % 2 == 0 ? "/v1/stream" : $"/v1/resolutions/{draft}/tally/stream";
                stalled.Add(await StalledListener.Open(address, path));
            }
            var from = version;
            await Write(Filling);
            var filled = Reachable(app);
            await Write(Further);
            var after = Reachable(app);
            TestContext.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Stalled} stalled listeners, {version - from} events: {(filled - before) / Stalled:N0} bytes each, {(after - filled) / Stalled:N0} further."
                )
            );
            (filled - before).ShouldBeGreaterThan(0, "events are buffered for them");
            (after - before).ShouldBeLessThan(Stalled * (long)MostEach);
            (after - filled).ShouldBeLessThan(Stalled * (long)MostEachFurther);

            // A listener that reads again gets the buffered events, then the newest state. Events between are skipped.
            foreach (var listener in stalled.Take(2))
            {
                var received = await Receive(listener, version);
                received.ShouldBe(received.Distinct().Order());
                received.Count.ShouldBeLessThan((int)(version - from) / 2);
            }
        }
        finally
        {
            stalled.ForEach(listener => listener.Dispose());
        }
    }

    // The log of the tests keeps every line; it is not the service's.
    private static long Reachable(App app)
    {
        app.Log.Clear();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task<IReadOnlyList<long>> Receive(StalledListener listener, long last)
    {
        var text = "";
        while (true)
        {
            text += await listener.Read();
            var received = Ids()
                .Matches(text)
                .Select(id => long.Parse(id.Groups["id"].Value, CultureInfo.InvariantCulture))
                .ToList();
            if (received.Count > 0 && received[^1] == last)
            {
                return received;
            }
        }
    }

    [GeneratedRegex("^id: (?<id>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();
}
