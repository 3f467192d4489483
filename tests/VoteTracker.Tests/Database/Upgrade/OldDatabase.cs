using Microsoft.Extensions.Logging.Abstractions;
using VoteTracker.Database;
using VoteTracker.Database.Postgres;
using VoteTracker.Database.Sqlite;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database.Upgrade;

/// <summary>A database with the schema of an earlier release, and one draft with three stances.</summary>
internal static class OldDatabase
{
    public const string Draft = "es-10-l-34";

    /// <summary>The last migration of each release.</summary>
    public static readonly IReadOnlyDictionary<string, int> Releases = new Dictionary<string, int>(
        StringComparer.Ordinal
    )
    {
        ["1.0.0"] = 9,
        ["1.1.0"] = 14,
        ["1.2.0"] = 14,
    };

    public static void Make(string folder, int lastMigration)
    {
        Databases.MakeEmpty(folder);
        using (var engine = Engine(folder))
        using (var writing = engine.OpenWriting())
        {
            var migrations = MigrationList.Load(engine.Migrations).Where(m => m.Version <= lastMigration);
            writing.BeginSchemaChange();
            Migrator.Migrate(writing.Connection, engine, [.. migrations], DateTimeOffset.UnixEpoch);
            writing.Commit(DateTimeOffset.UnixEpoch, []);
        }
        Databases.Execute(
            folder,
            $"""
            INSERT INTO member_state (iso3, kind, name_en) VALUES
                ('BRA', 'member', 'B'), ('KEN', 'member', 'K'), ('ZAF', 'member', 'Z');
            INSERT INTO session (id, number, emergency, opened_on, subject) VALUES ('es-10', 10, {True}, '1997-04-24', 'S');
            INSERT INTO resolution (
                id, symbol, title, session, kind, rule, status, visibility, origin, version, created_at, changed_at, changed_by
            ) VALUES
                ('{Draft}', 'A/ES-10/L.34', 'A draft', 'es-10', 'draft', 'two-thirds', 'tabled', 'positions', 'user', 5, '{At}', '{At}', 'x');
            INSERT INTO resolution_change (resolution, version, changed_at, changed_by, rule, status, visibility) VALUES
                ('{Draft}', 1, '{At}', 'x', 'two-thirds', 'tabled', 'positions');
            INSERT INTO stance (resolution, member_state, position, certainty, evidence, note, version, changed_at, changed_by) VALUES
                ('{Draft}', 'BRA', 'yes', 'likely', 'call', 'A note', 2, '{At}', 'x'),
                ('{Draft}', 'KEN', 'no', 'leaning', 'meeting', NULL, 3, '{At}', 'x'),
                ('{Draft}', 'ZAF', 'yes', 'confirmed', 'note-verbale', NULL, 5, '{At}', 'x');
            INSERT INTO stance_change (resolution, version, member_state, position, certainty, evidence, note, changed_at, changed_by) VALUES
                ('{Draft}', 2, 'BRA', 'yes', 'likely', 'call', 'A note', '{At}', 'x'),
                ('{Draft}', 3, 'KEN', 'no', 'leaning', 'meeting', NULL, '{At}', 'x'),
                ('{Draft}', 4, 'ZAF', 'abstain', 'likely', 'call', NULL, '{At}', 'x'),
                ('{Draft}', 5, 'ZAF', 'yes', 'confirmed', 'note-verbale', NULL, '{At}', 'x');
            """
        );
    }

    public static async Task ShouldHaveTheSame(HttpClient admin)
    {
        var tally = await admin.GetJson($"/v1/resolutions/{Draft}/tally");
        ((string[])["yes", "no", "abstain", "unknown"]).Select(name => tally.Int(name)).ShouldBe([2, 1, 0, 190]);
        (await admin.GetItems($"/v1/resolutions/{Draft}/stances"))
            .Where(s => s.Text("position") != "unknown")
            .Select(s => $"{s.Text("memberState")} {s.Text("position")} {s.Text("certainty")} {s.Text("note")}")
            .ShouldBe(["BRA yes likely A note", "KEN no leaning ", "ZAF yes confirmed "]);
        (await admin.GetItems($"/v1/resolutions/{Draft}/stances/ZAF/history"))
            .Select(c => c.Text("to"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["abstain", "yes"]);
        // Each change leads to the one before it.
        (await admin.GetJson($"/v1/resolutions/{Draft}/briefs/ZAF"))["changes"]!
            .AsArray()
            .Select(c => $"{c!.Text("from")} {c!.Text("to")}")
            .ShouldBe(["abstain yes", "unknown abstain"]);
        // The shipped record is loaded into it.
        var record = await admin.GetJson("/v1/resolutions/es-10-27/tally");
        (record.Int("yes"), record.Int("no"), record.Int("abstain")).ShouldBe((149, 12, 19));
    }

    private const string At = "2026-10-01T00:00:00.000000Z";

    private static string True => Databases.ArePostgres ? "TRUE" : "1";

    private static IEngine Engine(string folder) =>
        Databases.ArePostgres
            ? new PostgresEngine(
                new Settings { Database = Databases.Setting(folder) },
                TimeProvider.System,
                NullLogger.Instance
            )
            : new SqliteEngine(Databases.Setting(folder), new DiskFaults());
}
