using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>Data of an earlier release exists after a newer one has started.</summary>
[OnlySqlite]
public sealed class MigratorTests
{
    private const string First = "Sqlite.0001-the-tracker.sql";

    [Test]
    public async Task A_roll_call_of_the_first_schema_is_the_same_after_it_was_packed()
    {
        using var folder = new Process.Folder();
        await MakeOld(Path.Combine(folder, "votetracker.db"));
        using var app = new App(folder: folder);
        using var viewer = app.Viewer;

        var rollCall = await viewer.GetJson("/v1/resolutions/mine/roll-call");
        rollCall["votes"]!
            .AsArray()
            .Select(v => $"{v!["memberState"]} {v["vote"]} {v["intended"]}")
            .ShouldBe(["AFG no yes", "BRA yes ", "NAM abstain non-voting", "ZAF non-voting "]);
        rollCall["totals"]!["yes"]!.GetValue<int>().ShouldBe(1);

        var announced = await viewer.GetJson("/v1/resolutions/totals-only/roll-call");
        announced["votes"]!.AsArray().ShouldBeEmpty();
        announced["totals"].ShouldBeNull();
    }

    [Test]
    public async Task A_roll_call_has_a_row_for_each_name_in_SQL()
    {
        using var app = new App();
        using var client = app.Anonymous;
        var votes = (await client.GetJson("/v1/resolutions/es-10-27/roll-call"))["votes"]!.AsArray();
        await using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=False");
        var rows = await connection.QueryAsync<string>(
            "SELECT member_state || ' ' || vote FROM roll_call_vote WHERE resolution = 'es-10-27' ORDER BY member_state"
        );
        votes.Count.ShouldBeGreaterThan(100);
        rows.ShouldBe(votes.Select(v => $"{v!["memberState"]} {v["vote"]}"));
    }

    // The part of a database with the first schema that this test needs.
    private static async Task MakeOld(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        var assembly = typeof(Program).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(First, StringComparison.Ordinal));
        using var sql = new StreamReader(assembly.GetManifestResourceStream(name)!);
        await connection.ExecuteAsync(await sql.ReadToEndAsync());
        await connection.ExecuteAsync(
            """
            CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL);
            INSERT INTO schema_version VALUES (1, '0001-the-tracker.sql', '2026-01-01T00:00:00.000000Z');
            INSERT INTO member_state (iso3, kind, name_en) VALUES
                ('AFG', 'member', 'A'), ('BRA', 'member', 'B'), ('NAM', 'member', 'N'), ('ZAF', 'member', 'Z');
            INSERT INTO session (id, number, emergency, opened_on, subject) VALUES ('es-10', 10, 1, '1997-04-24', 'S');
            INSERT INTO resolution (
                id, title, session, kind, rule, status, vote_on, visibility, origin, version, created_at, changed_at, changed_by
            ) VALUES
                ('mine', 'T', 'es-10', 'draft', 'two-thirds', 'adopted', '2026-01-01', 'tally', 'user', 3,
                 '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 'x'),
                ('totals-only', 'T', 'es-10', 'draft', 'two-thirds', 'adopted', '2026-01-01', 'tally', 'user', 1,
                 '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 'x');
            INSERT INTO roll_call (resolution, version, recorded_on, has_names, members, announced_yes, announced_no, changed_at, changed_by) VALUES
                ('mine', 2, '2026-01-01', 1, 1, NULL, NULL, '2026-01-01T00:00:00.000000Z', 'x'),
                ('mine', 3, '2026-01-01', 1, 4, NULL, NULL, '2026-01-01T00:00:00.000000Z', 'x'),
                ('totals-only', 1, '2026-01-01', 0, 4, 3, 1, '2026-01-01T00:00:00.000000Z', 'x');
            INSERT INTO roll_call_vote (resolution, version, member_state, vote, intended) VALUES
                ('mine', 2, 'ZAF', 'yes', NULL),
                ('mine', 3, 'ZAF', 'non-voting', NULL),
                ('mine', 3, 'NAM', 'abstain', 'non-voting'),
                ('mine', 3, 'BRA', 'yes', NULL),
                ('mine', 3, 'AFG', 'no', 'yes');
            """
        );
    }
}
