using Microsoft.Extensions.Logging.Abstractions;
using VoteTracker.Database;
using VoteTracker.Database.Postgres;
using VoteTracker.Database.Sqlite;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>Engagements with contacts of an earlier release get a member state, and their next steps become tasks.</summary>
[EveryEngine]
public sealed class EngagementMigrationTests
{
    private const int Before = 16;

    [Test]
    public async Task Engagements_and_next_steps_of_an_earlier_release_are_the_same_afterwards()
    {
        using var folder = new Folder();
        MakeOld(folder);
        using var app = new App(folder: folder);
        using var lobbyist = app.Lobbyist;
        (await lobbyist.GetItems("/v1/contacts/aaaaaaaaaaaa/engagements"))
            .Select(e => $"{e["id"]} {e["kind"]} {e["on"]} {e["nextStep"]} {e["dueOn"]} {e["changedBy"]}")
            .ShouldBe([
                "1 call 2026-11-01 Call again 2026-11-05 somebody",
                "2 meeting 2026-11-02 Write  somebody",
                "4 letter 2026-11-04  2026-11-09 somebody",
            ]);
        (await lobbyist.GetItems("/v1/engagements"))
            .Select(e => $"{e["id"]} {e["memberState"]} {e["contacts"]![0]} {e["version"]} {e["createdBy"]}")
            .ShouldBe([
                "4 NOR aaaaaaaaaaaa 1 somebody",
                "3 ZAF bbbbbbbbbbbb 1 somebody",
                "2 NOR aaaaaaaaaaaa 1 somebody",
                "1 NOR aaaaaaaaaaaa 1 somebody",
            ]);
        (await lobbyist.GetItems("/v1/tasks"))
            .Select(t =>
                $"{t["what"]} {t["memberState"]} {t["contact"]} {t["engagement"]} {t["dueOn"]} {t["createdBy"]}"
            )
            .ShouldBe(["Call again NOR aaaaaaaaaaaa 1 2026-11-05 somebody", "Write NOR aaaaaaaaaaaa 2  somebody"]);
        foreach (var path in (string[])["/v1/engagements/1/history", "/v1/tasks/1/history"])
        {
            (await lobbyist.GetItems(path)).ShouldHaveSingleItem();
        }
        // The number of an engagement that was erased before is not used again.
        using var added = await lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts/aaaaaaaaaaaa/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "x",
            }
        );
        (await added.Json()).Int("id").ShouldBe(6);
    }

    // A database with the schema before engagements had member states.
    private static void MakeOld(string folder)
    {
        Databases.MakeEmpty(folder);
        using (var engine = Engine(folder))
        using (var writing = engine.OpenWriting())
        {
            var now = DateTimeOffset.UnixEpoch;
            writing.BeginSchemaChange();
            var old = MigrationList.Load(engine.Migrations).Where(m => m.Version <= Before);
            Migrator.Migrate(writing.Connection, engine, [.. old], now);
            writing.Commit(now, []);
        }
        Databases.Execute(
            folder,
            """
            INSERT INTO member_state (iso3, kind, name_en) VALUES ('NOR', 'member', 'Norway'), ('ZAF', 'member', 'South Africa');
            INSERT INTO contact (id, member_state, name, office, version, changed_at, changed_by) VALUES
                ('aaaaaaaaaaaa', 'NOR', 'Desk', 'mission', 1, '2026-11-01T00:00:00.000000Z', 'somebody'),
                ('bbbbbbbbbbbb', 'ZAF', 'Desk', 'mission', 1, '2026-11-01T00:00:00.000000Z', 'somebody');
            INSERT INTO engagement (contact, kind, on_day, summary, outcome, next_step, due_on, changed_at, changed_by) VALUES
                ('aaaaaaaaaaaa', 'call', '2026-11-01', 'One', 'Yes', 'Call again', '2026-11-05', '2026-11-01T00:00:00.000000Z', 'somebody'),
                ('aaaaaaaaaaaa', 'meeting', '2026-11-02', 'Two', NULL, 'Write', NULL, '2026-11-02T00:00:00.000000Z', 'somebody'),
                ('bbbbbbbbbbbb', 'message', '2026-11-03', 'Three', NULL, NULL, NULL, '2026-11-03T00:00:00.000000Z', 'somebody'),
                ('aaaaaaaaaaaa', 'letter', '2026-11-04', 'Four', NULL, NULL, '2026-11-09', '2026-11-04T00:00:00.000000Z', 'somebody'),
                ('aaaaaaaaaaaa', 'letter', '2026-11-04', 'Five', NULL, NULL, NULL, '2026-11-04T00:00:00.000000Z', 'somebody');
            DELETE FROM engagement WHERE id = 5;
            """
        );
    }

    private static IEngine Engine(string folder) =>
        Databases.ArePostgres
            ? new PostgresEngine(
                new Settings { Database = Databases.Setting(folder) },
                TimeProvider.System,
                NullLogger.Instance
            )
            : new SqliteEngine(Databases.Setting(folder), new DiskFaults());
}
