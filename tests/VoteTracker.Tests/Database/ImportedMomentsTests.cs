using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>A migration corrects the moments of rows that earlier releases imported: they are known from their commit.</summary>
[OnlySqlite]
public sealed class ImportedMomentsTests
{
    private const string Import = "2026-10-01T00:00:00.000000Z";

    [Test]
    public async Task Rows_that_were_imported_earlier_are_known_from_their_commit()
    {
        using var folder = new Process.Folder();
        await MakeOld(Path.Combine(folder, "votetracker.db"));
        using var app = new App(folder: folder);
        using var viewer = app.Viewer;
        using var early = await viewer.GetAsync("/v1/resolutions/78-7/tally?asOf=2026-09-30T23:59:59Z");
        await early.ShouldBeProblem(404);
        (await viewer.GetJson("/v1/resolutions/78-7/tally?asOf=2026-10-01T00:00:00Z"))
            .Text("basis")
            .ShouldBe("recorded-votes");
        (await viewer.GetJson("/v1/resolutions/78-7")).Text("createdAt").ShouldBe("2026-10-01T00:00:00Z");
        // Data of a later release is still known from the day after its vote.
        (await viewer.GetJson("/v1/resolutions/shipped/tally?asOf=2023-12-01T00:00:00Z"))
            .Text("basis")
            .ShouldBe("recorded-votes");
        (await viewer.GetJson("/v1/sessions/78")).Text("openedOn").ShouldBeNull();
        foreach (
            var (id, source) in ((string, string)[])
                [("78-7", "library"), ("shipped", "library"), ("mine", "campaign"), ("es-10-27", "library")]
        )
        {
            (await viewer.GetJson($"/v1/resolutions/{id}/roll-call")).Text("source").ShouldBe(source, id);
        }
    }

    // The part of a database before these migrations that this test needs.
    private static async Task MakeOld(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        var assembly = typeof(Program).Assembly;
        await connection.ExecuteAsync(
            "CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"
        );
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.Contains(".Sqlite.00", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            var migration = name[(name.IndexOf(".Sqlite.", StringComparison.Ordinal) + ".Sqlite.".Length)..];
            if (string.CompareOrdinal(migration, "0012") >= 0)
            {
                break;
            }
            using var sql = new StreamReader(assembly.GetManifestResourceStream(name)!);
            await connection.ExecuteAsync(await sql.ReadToEndAsync());
            await connection.ExecuteAsync(
                "INSERT INTO schema_version VALUES (CAST(@version AS INTEGER), @migration, '2026-01-01T00:00:00.000000Z')",
                new { version = migration[..4], migration }
            );
        }
        await connection.ExecuteAsync(
            $"""
            INSERT INTO session (id, number, emergency, opened_on, subject) VALUES
                ('78', 78, 0, '2023-11-02', 'Regular session'), ('es-10', 10, 1, '1997-04-24', 'S');
            INSERT INTO member_state (iso3, kind, name_en) VALUES ('NOR', 'member', 'Norway');
            """
        );
        foreach (
            var (id, by, key, kind, loaded) in ((string, string, string?, string, string?)[])
                [
                    ("78-7", "importer", "k", "resolution", Import),
                    ("shipped", "record", null, "resolution", Import),
                    ("mine", "coordinator", "k", "roll-call", null),
                ]
        )
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO resolution (
                    id, title, session, kind, rule, status, vote_on, visibility, origin, version, created_at, changed_at,
                    changed_by, loaded_at
                ) VALUES (
                    @id, 'T', '78', 'draft', 'not-recorded', 'adopted', '2023-11-02', 'tally', 'user', 1, @at, @at, @by, @loaded
                );
                INSERT INTO resolution_change (
                    resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, title, session, kind
                ) VALUES (@id, 1, @at, @by, 'not-recorded', 'adopted', '2023-11-02', 'tally', 'T', '78', 'draft');
                INSERT INTO change (at, by, by_key, kind, resolution, version) VALUES (@at, @by, @key, @kind, @id, 1);
                INSERT INTO roll_call (resolution, version, recorded_on, has_names, names, members, changed_at, changed_by)
                VALUES (@id, 1, '2023-11-02', 1, 'NORy ', 1, @at, @by);
                """,
                new
                {
                    id,
                    by,
                    key,
                    kind,
                    loaded,
                    at = "2023-11-03T04:00:00.000000Z",
                }
            );
        }
        await connection.ExecuteAsync(
            "INSERT INTO library_record (resolution, changed_at, record_id, sha256) VALUES ('78-7', '2023-11-03T04:00:00.000000Z', '1', 'x')"
        );
    }
}
