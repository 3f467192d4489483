using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Process;

/// <summary>Two hundred who listen and read nothing: they cost bounded memory and hold nobody up.</summary>
public sealed partial class StalledListenersTests
{
    private const string Draft = "es-10-l-1";
    private const int Stalled = 200;

    /// <summary>What one may cost, in bytes: what waits for it in the service, and its connection.</summary>
    private const int MostEach = 256 * 1024;

    /// <summary>What one may cost further once that is filled: the process's own breathing. A queue would cost megabytes.</summary>
    private const int MostEachFurther = 128 * 1024;

    /// <summary>So many events are more than what is kept of them anywhere.</summary>
    private const int Filling = 400;

    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(Length.IsSoak ? 60 : 6);

    [Test]
    public async Task Listeners_who_read_nothing_cost_bounded_memory_and_hold_nobody_up()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await new Writers(1, Draft).Open(service);
        using var client = service.Client();
        using var one = await Listener.Open(client, Draft);
        using var all = await Listener.OpenAll(client);
        var version = 1L;

        // Whoever reads is told of every state, for the next is not written before.
        async Task Write(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var position = version % 2 == 0 ? "yes" : "no";
                version = (await client.RecordStance(Draft, "ZAF", position))["version"]!.GetValue<long>();
                foreach (var listener in (Listener[])[one, all])
                {
                    while ((await listener.Next()).Tally["version"]!.GetValue<long>() < version) { }
                }
            }
        }

        await Write(Filling);
        var memory = service.Resident;
        var stalled = new List<StalledListener>();
        try
        {
            for (var i = 0; i < Stalled; i++)
            {
                var path = i % 2 == 0 ? "/v1/stream" : $"/v1/resolutions/{Draft}/tally/stream";
                stalled.Add(await StalledListener.Open(service.Address, path));
            }
            var (watch, from) = (Stopwatch.StartNew(), version);
            await Write(Filling);
            var filled = service.Resident;
            while (watch.Elapsed < Spell || version < from + 2 * Filling)
            {
                await Write(10);
            }
            var after = service.Resident;
            TestContext.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Stalled} who read nothing of {version - from} events: {(filled - memory) / 1024 / Stalled} KB each, {(after - filled) / 1024 / Stalled} KB further."
                )
            );
            (after - memory).ShouldBeLessThan(Stalled * (long)MostEach);
            (after - filled).ShouldBeLessThan(Stalled * (long)MostEachFurther);

            // Whoever wakes up reads what was kept for it, skips all that came since, and is at the newest.
            foreach (var listener in stalled.Take(2))
            {
                var told = await Told(listener, version);
                told.ShouldBe(told.Distinct().Order());
                told.Count.ShouldBeLessThan((int)(version - from) / 2);
            }
        }
        finally
        {
            stalled.ForEach(listener => listener.Dispose());
        }
    }

    private static async Task<IReadOnlyList<long>> Told(StalledListener listener, long last)
    {
        var text = "";
        while (true)
        {
            text += await listener.Read();
            var told = Ids()
                .Matches(text)
                .Select(id => long.Parse(id.Groups["id"].Value, CultureInfo.InvariantCulture))
                .ToList();
            if (told.Count > 0 && told[^1] == last)
            {
                return told;
            }
        }
    }

    [GeneratedRegex("^id: (?<id>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();
}
