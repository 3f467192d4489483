namespace VoteTracker.Benchmarks;

/// <summary>Polls with the current version and status 304, compared with the bare program's 200.</summary>
internal static class NotModified
{
    public static async Task Run(Length length)
    {
        await using var ours = await Server.VoteTracker();
        await Campaign.Open(ours);
        using var client = ours.Client();
        using var answer = await client.GetAsync(Campaign.Tally);
        var etag = answer.Headers.ETag!.Tag;
        await using var bare = await Server.Bare();
        using var bareClient = bare.Client();
        (
            await bareClient.PutAsync("bytes", new ByteArrayContent(await answer.Content.ReadAsByteArrayAsync()))
        ).EnsureSuccessStatusCode();

        var (tally, bareTally) = (new Uri(ours.Address, Campaign.Tally), new Uri(bare.Address, "tally"));
        Task<double> Polled() => Poll.Rate(tally, length, $"If-None-Match: {etag}");
        for (var i = 0; i < 2; i++)
        {
            await Polled();
            await Poll.Rate(bareTally, length);
        }
        await Ratios.Measure(
            "not-modified",
            "requests/s",
            length.Rounds,
            Polled,
            "bare ASP.NET Core's 200",
            () => Poll.Rate(bareTally, length)
        );
    }
}
