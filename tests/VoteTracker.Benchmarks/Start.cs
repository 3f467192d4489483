using System.Diagnostics;

namespace VoteTracker.Benchmarks;

/// <summary>From the start of the process to its first tally, on an existing database, compared with a bare program's first response.</summary>
internal static class Start
{
    public static async Task Run(Length length)
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-start-").FullName;
        await (await Server.VoteTracker(folder)).DisposeAsync();
        await Ratios.Measure(
            "start",
            "ms",
            length.Rounds,
            () => First(() => Server.VoteTracker(folder), "v1/resolutions/es-10-27/tally"),
            "bare ASP.NET Core",
            () => First(Server.Bare, "tally")
        );
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> First(Func<Task<Server>> start, string path)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await start();
        using var client = new HttpClient { BaseAddress = server.Address };
        await client.GetByteArrayAsync(path);
        return watch.Elapsed.TotalMilliseconds;
    }
}
