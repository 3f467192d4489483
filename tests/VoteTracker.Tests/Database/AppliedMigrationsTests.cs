using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using VoteTracker.Database;
using VoteTracker.Database.Postgres;
using VoteTracker.Database.Sqlite;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>A start compares the migrations that a database has with those of the program.</summary>
[EveryEngine]
public sealed class AppliedMigrationsTests
{
    // Release 1.0.0 wrote the same names with counted numbers.
    private const string CountAsRelease100 = """
        UPDATE schema_version SET version = 6 WHERE version = 7;
        UPDATE schema_version SET version = 7 WHERE version = 8;
        UPDATE schema_version SET version = 8 WHERE version = 9;
        """;

    private static readonly (long, string)[] OfRelease100 =
    [
        (1, "0001-the-tracker.sql"),
        (2, "0002-history-in-order.sql"),
        (3, "0003-the-whole-record.sql"),
        (4, "0004-what-was-said-when.sql"),
        (5, "0005-roll-calls-by-rowid.sql"),
        (7, "0007-scenarios.sql"),
        (8, "0008-order-of-votes.sql"),
        (9, "0009-answers-to-repeats.sql"),
    ];

    [Test]
    public async Task A_new_database_has_the_numbers_of_the_file_names()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var versions = await Versions(app.Folder);
        versions.Take(OfRelease100.Length).ShouldBe(OfRelease100);
        versions.ShouldBe(Known());
    }

    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    public async Task A_database_whose_migrations_were_counted_gets_their_numbers_and_those_it_lacks(int applied)
    {
        using var folder = new Folder();
        MakeCounted(folder, applied);
        (await Versions(folder)).ShouldBe(OfRelease100.Take(applied).Select((m, i) => (i + 1L, m.Item2)));

        using var app = new App(folder: folder);
        var draft = await app.OpenDraft();
        using var admin = app.Admin;
        using (var kept = await admin.Put(Scenario(draft), new { changes = new[] { new { rule = "two-thirds" } } }))
        {
            ((int)kept.StatusCode).ShouldBe(201);
        }
        (await Versions(folder)).ShouldBe(Known());
    }

    [Test]
    public async Task A_conversion_is_rolled_back_if_the_start_fails()
    {
        using var folder = new Folder();
        MakeCounted(folder, 8);
        Databases.Execute(folder, "DELETE FROM schema_version WHERE version = 5");
        await Refuses(folder, "'0005-roll-calls-by-rowid.sql'", "'0009-answers-to-repeats.sql'");
    }

    [TestCase(
        "UPDATE schema_version SET name = '0003-renamed.sql' WHERE version = 3",
        "'0003-renamed.sql' as version 3",
        "'0003-the-whole-record.sql'"
    )]
    [TestCase(
        "UPDATE schema_version SET name = '0009-renamed.sql' WHERE version = 9",
        "'0009-renamed.sql' as version 9",
        "'0009-answers-to-repeats.sql'"
    )]
    // Counted numbers, but one name differs, so this is not a database of release 1.0.0.
    [AnyEngine]
    [TestCase(
        CountAsRelease100 + "UPDATE schema_version SET name = '0008-renamed.sql' WHERE version = 7",
        "'0007-scenarios.sql' as version 6",
        "no such version"
    )]
    [TestCase(
        "INSERT INTO schema_version (version, name, applied_at) VALUES (6, '0006-between.sql', '2026-01-01T00:00:00Z')",
        "'0006-between.sql' as version 6",
        "no such version"
    )]
    public async Task A_start_fails_if_an_applied_migration_has_another_name_and_the_message_names_both(
        string sql,
        string applied,
        string known
    )
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        Databases.Execute(folder, sql);
        await Refuses(folder, applied, known);
    }

    [TestCase(1, "'0001-the-tracker.sql'")]
    [TestCase(8, "'0008-order-of-votes.sql'")]
    public async Task A_start_fails_if_a_migration_would_be_applied_out_of_order(int version, string name)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        Databases.Execute(folder, $"DELETE FROM schema_version WHERE version = {version}");
        await Refuses(folder, name, "must be applied before it");
    }

    [Test]
    [OnlySqlite]
    public void Migrations_that_a_newer_program_adds_are_applied_once()
    {
        using var folder = new Folder();
        using var engine = Engine(folder);
        using var writing = engine.OpenWriting();
        void Migrate(params string[] names) =>
            Migrator.Migrate(
                writing.Connection,
                engine,
                MigrationList.Parse(names.Select(n => (n, $"CREATE TABLE t{n[..4]} (id INTEGER)"))),
                DateTimeOffset.UnixEpoch
            );
        string[] first = ["0001-a.sql", "0002-b.sql", "0003-c.sql", "0004-d.sql", "0005-e.sql"];
        Migrate(first);
        Migrate(first);
        Migrate([.. first, "0007-g.sql", "0008-h.sql"]);
        Migrate([.. first, "0007-g.sql", "0008-h.sql"]);
        writing
            .Connection.Query<string>("SELECT version || ' ' || name FROM schema_version ORDER BY version")
            .ShouldBe([.. first.Select((name, i) => $"{i + 1} {name}"), "7 0007-g.sql", "8 0008-h.sql"]);
        // Then an older program starts.
        Should
            .Throw<SettingException>(() => Migrate(first))
            .Message.ShouldContain("is at version 8, newer than this program, which knows 5");
    }

    private static IEnumerable<(long, string)> Known() => Databases.Migrations.Select(m => ((long)m.Version, m.Name));

    private static string Scenario(string draft) => $"/v1/resolutions/{draft}/scenarios/simple";

    private static async Task<IReadOnlyList<(long, string)>> Versions(string folder)
    {
        await using var connection = Databases.Open(folder);
        return
        [
            .. await connection.QueryAsync<(long, string)>("SELECT version, name FROM schema_version ORDER BY version"),
        ];
    }

    // A database of release 1.0.0, or one with only its first migrations.
    private static void MakeCounted(string folder, int applied)
    {
        Databases.MakeEmpty(folder);
        using (var engine = Engine(folder))
        using (var writing = engine.OpenWriting())
        {
            var now = DateTimeOffset.UnixEpoch;
            writing.BeginSchemaChange();
            Migrator.Migrate(writing.Connection, engine, [.. MigrationList.Load(engine.Migrations).Take(applied)], now);
            writing.Commit(now, []);
        }
        Databases.Execute(folder, CountAsRelease100);
    }

    private static IEngine Engine(string folder) =>
        Databases.ArePostgres
            ? new PostgresEngine(
                new Settings { Database = Databases.Setting(folder) },
                TimeProvider.System,
                NullLogger.Instance
            )
            : new SqliteEngine(Databases.Setting(folder), new DiskFaults());

    private static async Task Refuses(string folder, params string[] named)
    {
        var before = Databases.Dump(folder);
        var (exitCode, output) = await Service.Run(
            folder,
            ["--Database", Databases.Setting(folder), "--Urls", "http://127.0.0.1:0"]
        );
        exitCode.ShouldBe(2, output);
        foreach (var name in named)
        {
            output.ShouldContain(name);
        }
        Databases.Dump(folder).ShouldBe(before);
    }
}
