using System.Diagnostics;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>A PostgreSQL database that is served again after a restart, a recovery, a dump or a failover.</summary>
[OnlyPostgres]
public sealed class PostgresRestoreTests
{
    private const string Tally = $"/v1/resolutions/{Seen.Draft}/tally";

    [Test]
    public async Task After_a_restart_of_the_server_and_the_service_the_incarnation_is_the_same()
    {
        using var server = new PostgresServer();
        server.Execute("CREATE DATABASE campaign");
        Seen seen;
        using (var app = On(server.ConnectionString("campaign")))
        {
            seen = await Seen.Begin(app.Admin, app.Clock);
            await seen.WriteWhatIsLost(app.Admin);
            server.Stop(System.Runtime.InteropServices.PosixSignal.SIGQUIT);
            server.Start();
            await Until(async () =>
            {
                using var answer = await app.Admin.Put(
                    "/v1/member-states/VEN/ineligibility",
                    new { from = "2026-11-01", reason = "other" }
                );
                return answer.IsSuccessStatusCode;
            });
            await seen.SeeAgain(app.Admin);
        }
        server.Stop();
        server.Start();
        using var again = On(server.ConnectionString("campaign"));
        again.Clock.Advance(TimeSpan.FromHours(1));
        await seen.ShouldMeetTheSame(again.Admin);
        Incarnations(server).ShouldBe(1);
    }

    [Test]
    public async Task A_recovery_to_a_point_in_time_reuses_no_version_and_no_cursor()
    {
        using var server = new PostgresServer(PostgresServer.WithArchive);
        server.Execute("CREATE DATABASE campaign");
        Seen seen;
        PostgresServer restored;
        using (var app = On(server.ConnectionString("campaign")))
        {
            restored = server.TakeBaseBackup();
            seen = await Seen.Begin(app.Admin, app.Clock);
            server.Execute("SELECT pg_create_restore_point('before')");
            await seen.WriteWhatIsLost(app.Admin);
            server.Execute("SELECT pg_switch_wal()");
            await Until(() => Task.FromResult((long)server.Scalar("SELECT archived_count FROM pg_stat_archiver")! > 0));
        }
        server.Stop();
        using (restored)
        {
            restored.RecoverTo("name=before", server);
            using var app = On(restored.ConnectionString("campaign"));
            app.Clock.Advance(TimeSpan.FromHours(1));
            var first = await seen.ShouldMeetAnotherIncarnation(app.Admin);
            Incarnations(restored).ShouldBe(2);

            // A restart there changes nothing else.
            restored.Stop();
            restored.Start();
            using var again = On(restored.ConnectionString("campaign"));
            again.Clock.Advance(TimeSpan.FromHours(2));
            (await again.Admin.GetJson(Tally)).Version().ShouldBeLessThan(first + 1_000);
            Incarnations(restored).ShouldBe(2);
        }
    }

    [Test]
    public async Task A_recovery_to_a_moment_has_exactly_the_writes_that_were_acknowledged_until_then()
    {
        using var server = new PostgresServer(PostgresServer.WithArchive);
        server.Execute("CREATE DATABASE campaign");
        PostgresServer restored;
        var (kept, lost) = (new List<string>(), new List<string>());
        string moment;
        string id;
        using (var app = On(server.ConnectionString("campaign")))
        {
            id = await app.OpenDraft();
            restored = server.TakeBaseBackup();
            foreach (var state in (string[])["BRA", "KEN", "NOR"])
            {
                kept.Add($"{state} {(await app.Admin.RecordStance(id, state, "yes")).Version()}");
            }
            moment = (string)server.Scalar("SELECT clock_timestamp()::text")!;
            foreach (var state in (string[])["CHL", "ZAF"])
            {
                lost.Add($"{state} {(await app.Admin.RecordStance(id, state, "no")).Version()}");
            }
            // The moment is before a record of the log, so the recovery can stop there.
            server.Execute("SELECT pg_switch_wal()");
            await Until(() => Task.FromResult((long)server.Scalar("SELECT archived_count FROM pg_stat_archiver")! > 0));
        }
        server.Stop();
        using (restored)
        {
            restored.RecoverTo($"time={moment}", server);
            using var app = On(restored.ConnectionString("campaign"));
            app.Clock.Advance(TimeSpan.FromHours(1));
            (await app.Admin.GetItems($"/v1/resolutions/{id}/stances"))
                .Where(s => s.Text("position") != "unknown")
                .Select(s => $"{s.Text("memberState")} {s.Version()}")
                .ShouldBe(kept);
            lost.Count.ShouldBe(2);
            var tally = await app.Admin.GetJson($"/v1/resolutions/{id}/tally");
            (tally.Int("yes"), tally.Int("no")).ShouldBe((3, 0));
            tally.Version().ShouldBeGreaterThanOrEqualTo(1_000_000);
            (await app.Admin.RecordStance(id, "CHL", "yes")).Version().ShouldBe(tally.Version() + 1);
        }
    }

    [Test]
    public async Task A_dump_that_is_restored_on_the_same_server_is_a_new_incarnation()
    {
        using var server = new PostgresServer();
        server.Execute("CREATE DATABASE campaign");
        server.Execute("CREATE DATABASE restored");
        using (var app = On(server.ConnectionString("campaign")))
        {
            await app.OpenDraft();
        }
        var dump = Path.Combine(Path.GetTempPath(), $"votetracker-{Guid.NewGuid():N}.sql");
        try
        {
            await server.RunClient("pg_dump", "-d", "campaign", "-f", dump);
            await server.RunClient("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", "restored", "-f", dump);
        }
        finally
        {
            File.Delete(dump);
        }
        using var restored = On(server.ConnectionString("restored"));
        (await restored.Admin.GetJson(Tally)).Version().ShouldBeGreaterThanOrEqualTo(1_000_000);
    }

    [Test]
    public async Task After_a_failover_every_replica_and_its_listeners_see_one_new_incarnation_without_any_write()
    {
        using var primary = new PostgresServer();
        primary.Execute("CREATE DATABASE campaign");
        using var standby = primary.AddSynchronousStandby();
        var both =
            $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=votetracker;Database=campaign;Target Session Attributes=primary;Timeout=3";
        using var one = On(both);
        var id = await one.OpenDraft(new { visibility = "tally" });
        await one.Admin.RecordStance(id, "KEN", "yes");
        using var two = On(both);
        using var listener = await Listener.Open(two.Admin, id);
        (await listener.Next()).Tally.Version().ShouldBe(2);
        using var ofAll = await Listener.OpenAll(one.Admin);
        (await ofAll.Next()).Tally.Version().ShouldBe(2);
        using var feed = await one.Admin.GetAsync("/v1/changes?limit=1000");
        var end = feed.NextPage()!;

        primary.Kill();
        standby.Promote();

        var (_, tally) = await listener.Next();
        var first = tally.Version();
        (first % 1_000_000, tally.Int("yes")).ShouldBe((0, 1));
        first.ShouldBeGreaterThan(0);
        (await ofAll.Next()).Tally.Version().ShouldBe(first);
        foreach (var app in (App[])[one, two])
        {
            await Until(async () => await VersionAt(app) == first);
            using var gone = await app.Admin.GetAsync(end);
            (await gone.ShouldBeProblem(410)).Text("restart").ShouldBe("/v1/changes?limit=1000");
        }
        (await one.Admin.RecordStance(id, "BRA", "yes")).Version().ShouldBe(first + 1);
        (await listener.Next()).Tally.Version().ShouldBe(first + 1);
        using var old = await two.Admin.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/BRA", ifMatch: "\"3\"");
        await old.ShouldBeProblem(412);
        Incarnations(standby).ShouldBe(2);
    }

    [Test]
    public async Task A_failover_that_loses_changes_clears_the_cached_tallies()
    {
        using var primary = new PostgresServer();
        primary.Execute("CREATE DATABASE campaign");
        using var standby = primary.AddStandby();
        var both =
            $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=votetracker;Database=campaign;Target Session Attributes=primary;Timeout=3";
        using var app = On(both);
        var id = await app.OpenDraft(new { visibility = "tally" });
        await app.Admin.RecordStance(id, "KEN", "yes");
        await Until(() =>
            Task.FromResult(
                (long)standby.Scalar($"SELECT COUNT(*) FROM stance_change WHERE resolution = '{id}'", "campaign")! == 1
            )
        );
        standby.Execute("ALTER SYSTEM SET primary_conninfo = ''");
        standby.Execute("SELECT pg_reload_conf()");
        // The standby receives nothing from now on.
        await Until(() => Task.FromResult((long)standby.Scalar("SELECT COUNT(*) FROM pg_stat_wal_receiver")! == 0));
        await app.Admin.RecordStance(id, "NOR", "no");
        var lost = await app.OpenDraft(new { visibility = "tally" }, symbol: "A/ES-10/L.35");
        (await app.Admin.GetJson($"/v1/resolutions/{id}/tally")).Int("no").ShouldBe(1);
        (await app.Admin.GetJson($"/v1/resolutions/{lost}/tally")).Version().ShouldBe(1);

        primary.Kill();
        standby.Promote();

        await Until(async () => await VersionAt(app) >= 1_000_000);
        (await app.Admin.GetJson($"/v1/resolutions/{id}/tally")).Int("no").ShouldBe(0);
        using var gone = await app.Admin.GetAsync($"/v1/resolutions/{lost}/tally");
        await gone.ShouldBeProblem(404);
    }

    // A second replica.
    private static App On(string database) =>
        new(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Database"] = database },
            hasOtherWriters: true
        );

    private static async Task<long> VersionAt(App app)
    {
        using var answer = await app.Admin.GetAsync(Tally);
        return answer.IsSuccessStatusCode ? (await answer.Json()).Version() : 0;
    }

    private static long Incarnations(PostgresServer server) =>
        (long)server.Scalar("SELECT COUNT(*) FROM incarnation", "campaign")!;

    private static async Task Until(Func<Task<bool>> holds)
    {
        var limit = Stopwatch.StartNew();
        while (!await holds())
        {
            limit.Elapsed.ShouldBeLessThan(Hang.Limit);
            await Task.Delay(20);
        }
    }
}
