using System.Diagnostics;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Requests of tests for webhooks.</summary>
internal static class WebhookRequests
{
    /// <summary>Creates a webhook for these events, and returns the response, which has its secret.</summary>
    public static Task<JsonNode> AddWebhook(this HttpClient client, string url, params string[] events) =>
        client.Add("/v1/webhooks", new { url, events });

    /// <summary>The deliveries, the oldest first.</summary>
    public static async Task<IReadOnlyList<JsonNode>> Deliveries(
        this HttpClient client,
        JsonNode webhook,
        string query = ""
    )
    {
        var items = await client.GetItems($"/v1/webhooks/{webhook.Text("id")}/deliveries?limit=1000{query}");
        items.Reverse();
        return items;
    }

    /// <summary>Waits until the deliveries have these statuses and numbers of attempts.</summary>
    public static async Task<IReadOnlyList<JsonNode>> WaitForDeliveries(
        this HttpClient client,
        JsonNode webhook,
        params string[] expected
    )
    {
        IReadOnlyList<JsonNode> found = [];
        await TestReceiver.Until(
            async () => Describe(found = await client.Deliveries(webhook)).SequenceEqual(expected),
            () => $"The deliveries are {string.Join(", ", Describe(found))}, not {string.Join(", ", expected)}."
        );
        return found;
    }

    /// <summary>
    /// Waits until no attempt runs or is due: the first pending delivery of each resolution waits for a later moment. The
    /// clock can then advance without ending an attempt.
    /// </summary>
    public static async Task WaitUntilNothingIsDue(this App app, JsonNode webhook, int deliveries)
    {
        using var coordinator = app.Coordinator;
        await TestReceiver.Until(
            async () =>
            {
                var all = await coordinator.Deliveries(webhook);
                return all.Count == deliveries
                    && all.Where(delivery => delivery.Text("status") == "pending")
                        .GroupBy(delivery => delivery.Text("resolution"))
                        .All(lane =>
                            lane.First()["nextAttemptAt"] is { } next
                            && next.GetValue<DateTimeOffset>() > app.Clock.GetUtcNow()
                        );
            },
            () => "An attempt is running or due."
        );
    }

    /// <summary>
    /// Advances the clock in steps until a condition is true. Between two steps a running attempt gets seconds to end, because
    /// the clock also decides whether it has timed out.
    /// </summary>
    public static async Task AdvanceUntil(this App app, TimeSpan step, Func<bool> condition, Func<string> describe)
    {
        for (var steps = 0; !condition(); steps++)
        {
            steps.ShouldBeLessThan(30, describe());
            app.Clock.Advance(step);
            var begun = Stopwatch.GetTimestamp();
            while (!condition() && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(4))
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>Records stances at different moments.</summary>
    public static async Task RecordStances(this App app, string resolution, params string[] states)
    {
        using var lobbyist = app.Lobbyist;
        foreach (var state in states)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await lobbyist.RecordStance(resolution, state, "yes");
        }
    }

    private static IEnumerable<string> Describe(IReadOnlyList<JsonNode> deliveries) =>
        deliveries.Select(delivery => $"{delivery.Text("status")} {delivery.Int("attempts")}");
}
