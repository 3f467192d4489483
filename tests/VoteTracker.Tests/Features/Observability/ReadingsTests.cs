using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoteTracker.Database;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Observability;
using VoteTracker.Features.Webhooks;
using VoteTracker.Tests.Features.Webhooks;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>The figures of metrics that need SQL, the disk or a limiter.</summary>
[EveryEngine]
public sealed class ReadingsTests
{
    [AnyEngine]
    [Test]
    public async Task A_figure_that_cannot_be_read_is_absent_and_logged_once()
    {
        var clock = Clocks.NewYorkMorning();
        var log = new LineLog();
        var (loads, fails) = (0, false);
        var reading = new Reading<string>(
            "the test",
            () =>
            {
                loads++;
                return fails ? throw new IOException("Quokka") : Task.FromResult($"load {loads}");
            },
            clock,
            log
        );
        reading.HasRun.ShouldBeFalse();
        reading.Value.ShouldBeNull();
        using var stop = new CancellationTokenSource();
        var running = reading.Run(stop.Token);
        await Until(() => reading.Value == "load 1");
        fails = true;
        await Next(clock, () => loads == 2);
        await Until(() => reading.Value is null);
        reading.HasRun.ShouldBeTrue();
        await Next(clock, () => loads == 3);
        fails = false;
        await Next(clock, () => loads == 4);
        await Until(() => reading.Value == "load 4");
        // Without a new load, the figure becomes absent.
        await stop.CancelAsync();
        await running;
        clock.Advance(4 * Reading<string>.Interval);
        reading.Value.ShouldBeNull();
        log.Lines.ShouldHaveSingleItem().ShouldBe("The metrics of the test cannot be read: IOException");
    }

    [Test]
    public async Task Pending_deliveries_and_failed_receivers_are_counted()
    {
        using var app = new App(settings: new() { ["SendWebhooks"] = "false", ["WebhookHosts"] = "127.0.0.1" });
        var db = app.Services.GetRequiredService<Db>();
        (await db.Read(WebhookBacklog.Load)).ShouldBe(new WebhookBacklog());
        var (enabled, failed, disabled) = (await Webhook("a"), await Webhook("b"), await Webhook("c"));
        var oldest = app.Clock.GetUtcNow().AddHours(-2);
        await db.Write(async write =>
        {
            foreach (
                var (webhook, status, at) in ((string, string, DateTimeOffset)[])
                    [
                        (enabled, "pending", oldest.AddHours(1)),
                        (enabled, "pending", oldest),
                        (enabled, "delivered", oldest.AddHours(-1)),
                        (failed, "pending", oldest.AddHours(-1)),
                    ]
            )
            {
                await write.Connection.ExecuteAsync(
                    """
                    INSERT INTO webhook_delivery (webhook, event, lane, status, attempts, tries, created_at)
                    VALUES (@webhook, 1, '', @status, 0, 0, @at)
                    """,
                    new
                    {
                        webhook,
                        status,
                        at,
                    }
                );
            }
            return await write.Connection.ExecuteAsync(
                """
                UPDATE webhook
                SET disabled_at = @Now, disabled_reason = CASE WHEN id = @failed THEN 'failing' ELSE 'by-user' END
                WHERE id IN (@failed, @disabled)
                """,
                new
                {
                    write.Now,
                    failed,
                    disabled,
                }
            );
        });
        (await db.Read(WebhookBacklog.Load)).ShouldBe(
            new WebhookBacklog
            {
                Pending = 2,
                OldestAt = oldest,
                Disabled = 1,
            }
        );
        var size = await db.LoadSize();
        size.Database!.Value.ShouldBeGreaterThan(0);
        (size.Log is null).ShouldBe(Databases.ArePostgres);

        async Task<string> Webhook(string name)
        {
            using var coordinator = app.Coordinator;
            return (await coordinator.AddWebhook($"http://127.0.0.1:9000/{name}", "stance.changed")).Text("id")!;
        }
    }

    [AnyEngine]
    [Test]
    public async Task Open_and_waiting_exports_are_counted()
    {
        using var reads = new ExpensiveReads(new Settings(), TimeProvider.System);
        reads.Count().ShouldBe((0, 0));
        using (await reads.Begin(http: null, hasKey: true))
        using (await reads.Begin(http: null, hasKey: false))
        {
            reads.Count().ShouldBe((2, 0));
        }
        reads.Count().ShouldBe((0, 0));
    }

    private static Task Next(Microsoft.Extensions.Time.Testing.FakeTimeProvider clock, Func<bool> isFulfilled)
    {
        clock.Advance(Reading<string>.Interval);
        return Until(isFulfilled);
    }

    private static async Task Until(Func<bool> isFulfilled)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (!isFulfilled())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    private sealed class LineLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(formatter(state, exception));
    }
}
