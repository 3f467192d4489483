using System.Net.Http.Json;

namespace VoteTracker.Tests.Features.Tallies;

[EveryEngine]
public sealed class StreamTalliesTests
{
    [Test]
    public async Task A_day_that_makes_a_member_ineligible_is_sent_without_a_write()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        using var entered = await app.Coordinator.PutAsJsonAsync(
            "/v1/member-states/ZAF/ineligibility",
            new { from = "2026-11-22", reason = "other" }
        );
        entered.IsSuccessStatusCode.ShouldBeTrue();
        using var reader = new StreamReader(await app.Anonymous.GetStreamAsync("/v1/stream"));
        (await NextId(reader)).ShouldBe("2");
        app.Clock.Jump(TimeSpan.FromDays(1));
        var received = NextId(reader);
        while (!received.IsCompleted)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(received, Task.Delay(50));
        }
        (await received).ShouldBe("2.2026-11-22");
    }

    private static async Task<string> NextId(StreamReader reader)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (true)
        {
            var line = await reader.ReadLineAsync(limit.Token);
            line.ShouldNotBeNull("the stream ended");
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                return line[4..];
            }
        }
    }
}
