using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>Writes of several replicas on one PostgreSQL database.</summary>
[OnlyPostgres]
public sealed class PostgresWritesTests
{
    [Test]
    public async Task Replicas_write_one_after_another_and_the_feed_is_in_the_order_of_their_commits()
    {
        using var first = new App();
        using var second = new App(folder: first.Folder);
        var id = await first.OpenDraft();
        using var one = first.Admin;
        using var other = second.Admin;
        string[] members = ["BRA", "ARG", "CHL", "PER", "ECU", "BOL", "URY", "PRY", "COL", "MEX"];
        foreach (var member in members)
        {
            await Task.WhenAll(
                one.RecordStance(id, member, "yes"),
                other.RecordStance(id, member, "no"),
                one.RecordStance(id, "ZAF", "abstain"),
                other.RecordStance(id, "KEN", "yes")
            );
        }
        var ledger = Process.Ledger.Read(first.Folder, id);
        ledger.Halves.ShouldBeEmpty();
        ledger.Version.ShouldBe(1 + (members.Length * 4));
    }

    [Test]
    public async Task A_write_waits_for_a_result_that_arrives_in_parts()
    {
        using var app = new App();
        using var client = app.Admin;
        var db = app.Services.GetRequiredService<Db>();
        const string slow = "SELECT repeat('x', 1000), pg_sleep(0.00001) FROM generate_series(1, 5000)";
        (await db.Write(async write => (await write.Connection.QueryAsync<string>(slow)).Count())).ShouldBe(5_000);
    }

    [Test]
    public async Task A_moment_is_never_before_that_of_another_replica_whose_clock_is_ahead()
    {
        using var ahead = new App();
        using var behind = new App(folder: ahead.Folder);
        var id = await ahead.OpenDraft();
        ahead.Clock.Advance(TimeSpan.FromMinutes(5));
        await ahead.Admin.RecordStance(id, "BRA", "yes");
        var later = await behind.Admin.RecordStance(id, "ARG", "yes");
        later["changedAt"]!.GetValue<DateTimeOffset>().ShouldBe(ahead.Clock.GetUtcNow());
    }

    [Test]
    public async Task A_commit_that_conflicts_with_another_transaction_runs_again()
    {
        using var app = new App();
        app.CreateClient().Dispose();
        var db = app.Services.GetRequiredService<Db>();
        await db.Write(write =>
            write.Connection.ExecuteAsync("INSERT INTO fact (name, value) VALUES ('a', '0'), ('b', '0')")
        );
        await using var hand = Databases.Open(app.Folder);
        // The other transaction never ends.
        await hand.ExecuteAsync("SET deadlock_timeout = '1h'");
        await hand.ExecuteAsync("BEGIN TRANSACTION");
        await hand.ExecuteAsync("UPDATE fact SET value = 'by hand' WHERE name = 'b'");
        var tries = 0;
        var holdsOne = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var isWaitedFor = new ManualResetEventSlim();
        var written = db.Write(async write =>
        {
            tries++;
            await write.Connection.ExecuteAsync("UPDATE fact SET value = value || '1' WHERE name = 'a'");
            holdsOne.TrySetResult();
            isWaitedFor.Wait();
            return await write.Connection.ExecuteAsync("UPDATE fact SET value = value || '1' WHERE name = 'b'");
        });
        await holdsOne.Task;
        var both = hand.ExecuteAsync("UPDATE fact SET value = 'by hand' WHERE name = 'a'");
        await using (var look = Databases.Open(app.Folder))
        {
            while (await look.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM pg_locks WHERE NOT granted") == 0)
            {
                await Task.Delay(10);
            }
        }
        isWaitedFor.Set();
        await both;
        await hand.ExecuteAsync("COMMIT");
        (await written).ShouldBe(1);
        tries.ShouldBe(2);
        (
            await db.Read(c => c.QueryAsync<string>("SELECT value FROM fact WHERE name IN ('a', 'b') ORDER BY name"))
        ).ShouldBe(["by hand1", "by hand1"]);
    }

    [Test]
    public async Task A_write_that_continues_after_a_failed_statement_is_not_acknowledged()
    {
        using var app = new App();
        app.CreateClient().Dispose();
        var db = app.Services.GetRequiredService<Db>();
        var written = db.Write(async write =>
        {
            try
            {
                await write.Connection.ExecuteAsync("INSERT INTO fact (name, value) VALUES ('version', 'twice')");
            }
            catch (System.Data.Common.DbException)
            {
                return true;
            }
            return false;
        });
        await Should.ThrowAsync<WriteUnavailableException>(written);
        await db.Write(write =>
            write.Connection.ExecuteAsync("INSERT INTO fact (name, value) VALUES ('after', 'it goes on')")
        );
    }
}
