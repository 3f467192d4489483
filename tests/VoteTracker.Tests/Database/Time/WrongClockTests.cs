using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database.Time;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database.Time;

/// <summary>What happens to writes, to expiry and to `ready` when the clock of the machine is wrong.</summary>
[OnlySqlite]
public sealed class WrongClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [TestCase(365 * 24)]
    [TestCase(-365 * 24)]
    public async Task A_step_of_a_year_changes_no_moment_and_is_reported_until_it_is_corrected(int hours)
    {
        var clock = Morning();
        using var app = new App(clock) { IsSteady = true };
        var draft = await app.OpenDraft();
        var start = clock.GetUtcNow();
        clock.Step = TimeSpan.FromHours(hours);
        // The first write after the step, before any check.
        (await Recorded(app, draft, "NOR")).ShouldBe(start, Second);
        await Until(app, clock, warning => warning is not null);
        var ready = await app.Anonymous.GetJson("/health/ready");
        ready.Text("status").ShouldBe("ready");
        ready.Text("warning").ShouldNotBeNull().ShouldContain($"{(hours < 0 ? "-" : "+")}365.0 days");
        app.Log.Count(line => line.StartsWith("Error: The clock of this machine made a step", StringComparison.Ordinal))
            .ShouldBe(1);
        // It stays: the service does not follow it, and its keys and sessions do not expire.
        for (var minute = 0; minute < 5; minute++)
        {
            await Pass(clock, Minute);
        }
        (await Recorded(app, draft, "BRA")).ShouldBe(start + 5 * Minute, Minute);
        (await Warning(app)).ShouldNotBeNull();
        clock.Step = TimeSpan.Zero;
        await Until(app, clock, warning => warning is null);
        (await Recorded(app, draft, "ZAF")).ShouldBe(start + 5 * Minute, Minute);
    }

    [TestCase(1)]
    [TestCase(-1)]
    public async Task A_step_of_an_hour_is_followed_after_a_minute(int hours)
    {
        var clock = Morning();
        using var app = new App(clock) { IsSteady = true };
        var draft = await app.OpenDraft();
        var start = clock.GetUtcNow();
        clock.Step = TimeSpan.FromHours(hours);
        await Until(app, clock, warning => warning is not null);
        (await Recorded(app, draft, "NOR")).ShouldBe(start, 2 * Minute);
        var before = await Recorded(app, draft, "KEN");
        await Until(app, clock, warning => warning?.Contains("made a step", StringComparison.Ordinal) != true);
        app.Log.ShouldContain(line => line.Contains("is followed", StringComparison.Ordinal));
        var after = await Recorded(app, draft, "BRA");
        if (hours > 0)
        {
            after.ShouldBe(start + TimeSpan.FromHours(hours), 10 * Minute);
            return;
        }
        // Moments never decrease, and the operator learns why they stay.
        after.ShouldBe(before, Second);
        (await Warning(app)).ShouldNotBeNull().ShouldContain("later than the clock");
        await Pass(clock, TimeSpan.FromHours(2));
        await Until(app, clock, warning => warning is null);
        (await Recorded(app, draft, "ZAF")).ShouldBeGreaterThan(before + TimeSpan.FromMinutes(30));
    }

    [Test]
    public async Task Small_corrections_are_followed_without_a_word()
    {
        var clock = Morning();
        using var app = new App(clock) { IsSteady = true };
        var draft = await app.OpenDraft();
        var start = clock.GetUtcNow();
        var own = (SteadyClock)app.Services.GetRequiredService<TimeProvider>();
        for (var i = 0; i < 30; i++)
        {
            clock.Step += TimeSpan.FromMilliseconds(500);
            await Pass(clock, Second);
            // Three corrections that are seen together are a step.
            using var limit = new CancellationTokenSource(Hang.Limit);
            while (own.Deviation > TimeSpan.FromMilliseconds(500))
            {
                await Task.Delay(1, limit.Token);
            }
        }
        (await Warning(app)).ShouldBeNull();
        // A timer may have been late, so that two corrections came together.
        (await Recorded(app, draft, "NOR")).ShouldBeGreaterThan(start + TimeSpan.FromSeconds(35));
    }

    [Test]
    public async Task A_clock_that_was_behind_at_the_start_is_reported_and_its_correction_followed()
    {
        var clock = Morning();
        using var folder = new Process.Folder();
        string draft;
        DateTimeOffset before;
        using (var app = new App(clock, folder: folder) { IsSteady = true })
        {
            draft = await app.OpenDraft();
            before = await Recorded(app, draft, "NOR");
        }
        var wrong = new SteppedClock(clock.GetUtcNow() + Minute) { Step = -TimeSpan.FromDays(2_000) };
        using var again = new App(wrong, folder: folder) { IsSteady = true };
        (await Warning(again)).ShouldNotBeNull().ShouldContain("later than the clock");
        again.Log.ShouldContain(line =>
            line.StartsWith("Error: The last commit has the moment", StringComparison.Ordinal)
        );
        (await Recorded(again, draft, "BRA")).ShouldBe(before, Second);
        wrong.Step = TimeSpan.Zero;
        await Until(again, wrong, warning => warning is null);
        (await Recorded(again, draft, "ZAF")).ShouldBeGreaterThan(before + 30 * Second);
    }

    [Test]
    public async Task Nothing_is_deleted_by_its_age_while_the_clock_is_in_doubt_or_the_last_commit_is_old()
    {
        var clock = Morning();
        var own = new SteadyClock(clock);
        own.MayDeleteByAge.ShouldBeTrue();
        own.DeferDeletion(TimeSpan.FromHours(1));
        own.MayDeleteByAge.ShouldBeFalse();
        clock.Advance(TimeSpan.FromHours(1));
        own.MayDeleteByAge.ShouldBeTrue();
        own.IsInDoubt = true;
        own.MayDeleteByAge.ShouldBeFalse();

        // A start long after the last commit: a stored response of then is still there, and deleted an hour later.
        using var folder = new Process.Folder();
        using (var app = new App(clock, folder: folder) { IsSteady = true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts")
            {
                Content = JsonContent.Create(
                    new
                    {
                        memberState = "NOR",
                        name = "Desk",
                        office = "mission",
                    }
                ),
            };
            request.Headers.Add("Idempotency-Key", "a");
            using var added = await app.Lobbyist.SendAsync(request);
            ((int)added.StatusCode).ShouldBe(201);
        }
        var ahead = new SteppedClock(clock.GetUtcNow() + TimeSpan.FromDays(365));
        using var again = new App(ahead, folder: folder) { IsSteady = true };
        await again.Anonymous.GetJson("/health/ready");
        Stored(folder).ShouldBe(1);
        while (Stored(folder) > 0)
        {
            await Pass(ahead, TimeSpan.FromMinutes(30));
            await Task.Delay(10);
        }
    }

    [Test]
    public void The_clock_of_the_machine_counts_the_time_since_its_start()
    {
        var machine = new MachineClock();
        var before = machine.GetTimestamp();
        before.ShouldBeGreaterThan(0);
        machine.GetTimestamp().ShouldBeGreaterThanOrEqualTo(before);
        (machine.GetUtcNow() - new SteadyClock(machine).GetUtcNow()).Duration().ShouldBeLessThan(Minute);
    }

    private static SteppedClock Morning() => new(Clocks.NewYorkMorning().GetUtcNow());

    private static long Stored(string folder)
    {
        using var connection = Databases.Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM kept_answer";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static async Task<DateTimeOffset> Recorded(App app, string draft, string state)
    {
        await app.Lobbyist.RecordStance(draft, state, "yes");
        return (await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/stances/{state}")).Moment("changedAt");
    }

    private static async Task<string?> Warning(App app) =>
        ((JsonObject)await app.Anonymous.GetJson("/health/ready"))["warning"]?.GetValue<string>();

    // The check runs on another thread after its timer rang.
    private static async Task Until(App app, SteppedClock clock, Func<string?, bool> isTrue)
    {
        for (var i = 0; !isTrue(await Warning(app)); i++)
        {
            i.ShouldBeLessThan(2_000);
            await Pass(clock, Second);
            await Task.Delay(1);
        }
    }

    private static Task Pass(SteppedClock clock, TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
