using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database.Time;

/// <summary>With PostgreSQL, the clock of the server decides whether a step of the machine's clock is right.</summary>
[OnlyPostgres]
public sealed class ServerClockTests
{
    [Test]
    public async Task A_replica_that_starts_a_year_ahead_writes_with_the_time_of_the_server()
    {
        var clock = new SteppedClock(Ahead()) { Step = TimeSpan.FromDays(365) };
        using var app = new App(clock) { IsSteady = true };
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        var stance = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/stances/NOR");
        // The template can be from a day after that of the machine.
        stance.Moment("changedAt").ShouldBeLessThan(DateTimeOffset.UtcNow + TimeSpan.FromDays(300));
        (await Warning(app)).ShouldNotBeNull().ShouldContain("database server");
        app.Log.ShouldContain(line => line.StartsWith("Error: The clock of this machine", StringComparison.Ordinal));
        clock.Step = TimeSpan.Zero;
        await Until(app, clock, warning => warning?.Contains("database server", StringComparison.Ordinal) != true);
    }

    [Test]
    public async Task A_step_of_two_days_is_followed_only_if_the_server_agrees_with_it()
    {
        var clock = new SteppedClock(Ahead());
        using var app = new App(clock) { IsSteady = true };
        var draft = await app.OpenDraft();
        int Followed() => app.Log.Count(line => line.Contains("is followed", StringComparison.Ordinal));
        // The service counted two days too many, and the machine is right.
        clock.Jump(TimeSpan.FromDays(2));
        clock.Step = -TimeSpan.FromDays(2);
        await Until(app, clock, IsDoubt);
        await Until(app, clock, warning => !IsDoubt(warning));
        Followed().ShouldBe(1);
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");

        // Now the machine is two days behind the server.
        clock.Step -= TimeSpan.FromDays(2);
        await Until(app, clock, IsDoubt);
        for (var second = 0; second < 200; second++)
        {
            await Until(app, clock, _ => true, atLeast: 1);
        }
        IsDoubt(await Warning(app)).ShouldBeTrue();
        Followed().ShouldBe(1);
    }

    // A clock within a minute of the server is right. This one stands still, so it begins ahead.
    private static DateTimeOffset Ahead() => DateTimeOffset.UtcNow + TimeSpan.FromSeconds(45);

    private static bool IsDoubt(string? warning) => warning?.Contains("made a step", StringComparison.Ordinal) == true;

    private static async Task Until(App app, SteppedClock clock, Func<string?, bool> isTrue, int atLeast = 0)
    {
        for (var i = 0; i < atLeast || !isTrue(await Warning(app)); i++)
        {
            i.ShouldBeLessThan(2_000);
            clock.Advance(TimeSpan.FromSeconds(1));
            // The machine follows the real time while the timers of the test run faster.
            clock.Step -= TimeSpan.FromSeconds(1);
            await Task.Delay(1);
        }
    }

    private static async Task<string?> Warning(App app) =>
        ((JsonObject)await app.Anonymous.GetJson("/health/ready"))["warning"]?.GetValue<string>();
}
