using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Cached pages and pictures, compared with a bare program that writes the same bytes, and the time to the first picture
/// of a new version.
/// </summary>
internal static class Pages
{
    private const string Record = "resolutions/es-10-27";
    private static readonly string[] Cached =
    [
        Record,
        $"v1/{Record}/hemicycle.svg",
        $"v1/{Record}/board.svg",
        $"v1/{Record}/tiles.svg",
        $"v1/{Record}/badge.svg",
    ];

    public static async Task Run(Length length)
    {
        await using var ours = await Server.VoteTracker();
        await Campaign.Open(ours);
        await CompareCached(ours, length);
        foreach (var format in (string[])["svg", "png"])
        {
            foreach (var picture in (string[])["hemicycle", "board", "tiles", "regions", "path", "outlook"])
            {
                await MeasureNew(ours, $"{picture}.{format}", length);
            }
        }
        await MeasureNewPage(ours, length);
    }

    private static async Task CompareCached(Server ours, Length length)
    {
        using var client = new HttpClient { BaseAddress = ours.Address };
        foreach (var path in Cached)
        {
            var bytes = await client.GetByteArrayAsync(path);
            await using var bare = await Server.Bare();
            using var bareClient = bare.Client();
            (await bareClient.PutAsync("bytes", new ByteArrayContent(bytes))).EnsureSuccessStatusCode();
            var (page, bareTally) = (new Uri(ours.Address, path), new Uri(bare.Address, "tally"));
            for (var i = 0; i < 2; i++)
            {
                await Poll.Rate(page, length);
                await Poll.Rate(bareTally, length);
            }
            await Ratios.Measure(
                string.Create(CultureInfo.InvariantCulture, $"pages, cached, {path}, {bytes.Length / 1_000.0:N1} kB"),
                "requests/s",
                length.Rounds,
                () => Poll.Rate(page, length),
                "bare ASP.NET Core",
                () => Poll.Rate(bareTally, length)
            );
        }
    }

    // A stance changes, its tally is counted, and then the picture is asked for: it was never drawn before.
    private static async Task MeasureNew(Server ours, string picture, Length length)
    {
        using var client = ours.Client();
        var times = await Repeat(client, $"v1/resolutions/es-10-l-34/{picture}", length);
        Print($"pages, new, {picture}", times);
    }

    private static async Task MeasureNewPage(Server ours, Length length)
    {
        using var writer = ours.Client();
        var times = await Repeat(writer, "resolutions/es-10-l-34", length);
        Print("pages, new, the page of the draft", times);
    }

    private static async Task<IReadOnlyList<double>> Repeat(HttpClient client, string path, Length length)
    {
        const int warmUp = 30;
        var members = await Campaign.Members(client);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");
        var times = new List<double>();
        for (var i = 0; i < warmUp + 10 * length.Rounds; i++)
        {
            using var written = await client.PutAsJsonAsync(
                $"{Campaign.Stances}/{members[i % members.Count]}",
                new
                {
                    position = i % 2 == 0 ? "yes" : "no",
                    certainty = "likely",
                    evidence = "call",
                    note = $"Change {Stopwatch.GetTimestamp()}",
                }
            );
            written.EnsureSuccessStatusCode();
            await client.GetByteArrayAsync(Campaign.Tally);
            var started = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(path);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return times[warmUp..];
    }

    private static void Print(string figure, IReadOnlyList<double> times) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{figure}: median {Ratios.Quantile(times, 0.5):N1} ms (quartiles {Ratios.Quantile(times, 0.25):N1} to {Ratios.Quantile(times, 0.75):N1}; {times.Count} times)"
            )
        );
}
