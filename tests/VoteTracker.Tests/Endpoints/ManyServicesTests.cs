using System.Net.Http.Json;

namespace VoteTracker.Tests.Endpoints;

/// <summary>
/// FastEndpoints keeps static state. Several services in one process must not share anything through it: neither
/// services, nor validators, nor settings.
/// </summary>
public sealed class ManyServicesTests
{
    private const int Count = 200;

    [Test]
    public async Task None_of_200_services_in_one_process_returns_data_of_another()
    {
        var all = new App?[Count];
        try
        {
            await Parallel.ForAsync(
                0,
                Count,
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, _) =>
                {
                    // Each has its own limit of a body, and its own draft.
                    var app = new App(settings: new() { ["MaxBodyBytes"] = $"{2_000 + i}" });
                    all[i] = app;
                    await app.OpenDraft(new { id = $"draft-{i}", visibility = "tally" });
                }
            );
            await Parallel.ForAsync(0, Count, async (i, _) => await Look(all[i]!, i));
            // A service that has ended does not affect the others.
            for (var i = 0; i < Count; i += 2)
            {
                await all[i]!.DisposeAsync();
            }
            await Parallel.ForAsync(0, Count / 2, async (i, _) => await Look(all[2 * i + 1]!, 2 * i + 1));
        }
        finally
        {
            foreach (var app in all.OfType<App>())
            {
                await app.DisposeAsync();
            }
        }
    }

    // A read, a validator that has a service, a body's limit that is a setting.
    private static async Task Look(App app, int i)
    {
        using var lobbyist = app.Lobbyist;
        await lobbyist.GetJson($"/v1/resolutions/draft-{i}/tally");
        using var other = await lobbyist.GetAsync($"/v1/resolutions/draft-{(i + 1) % Count}/tally");
        await other.ShouldBeProblem(404);
        await lobbyist.RecordStance($"draft-{i}", "ZAF", "yes");
        using var contact = await lobbyist.PostAsJsonAsync("/v1/contacts", new { memberState = "XXX" });
        await contact.ShouldBeProblem(400, "memberState", "name");
        foreach (var (length, status) in ((int, int)[])[(2_000 + i, 400), (2_001 + i, 413)])
        {
            using var body = new StringContent(new string(' ', length), null, "application/json");
            using var answer = await lobbyist.PostAsync("/v1/contacts", body);
            await answer.ShouldBeProblem(status);
        }
    }
}
