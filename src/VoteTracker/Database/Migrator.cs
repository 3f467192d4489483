using System.Data.Common;
using Dapper;

namespace VoteTracker.Database;

/// <summary>
/// Brings a database to the schema of this program: ordered migrations, each applied once, all or nothing. The table
/// schema_version has the version and the name of each applied migration. Over 200 lines because all checks compare the same
/// two lists.
/// </summary>
internal static class Migrator
{
    // Release 1.0.0 counted files instead of reading their numbers. Without a file 0006, it stored these as 6, 7 and 8.
    private const int FirstMisnumberedVersion = 6;

    private const string InsufficientPrivilege = "42501";

    private static readonly IReadOnlyList<(int Version, string Name)> Misnumbered =
    [
        (7, "0007-scenarios.sql"),
        (8, "0008-order-of-votes.sql"),
        (9, "0009-answers-to-repeats.sql"),
    ];

    /// <summary>Runs within one transaction, which no other process shares.</summary>
    public static void Migrate(
        DbConnection connection,
        IEngine engine,
        IReadOnlyList<Migration> known,
        DateTimeOffset now
    )
    {
        // A user that may not create tables can start on a current schema.
        if (!engine.HasTable(connection, "schema_version"))
        {
            ChangeSchema(
                connection,
                known[0],
                """
                CREATE TABLE schema_version (
                    version    INTEGER NOT NULL PRIMARY KEY,
                    name       TEXT NOT NULL,
                    applied_at TEXT NOT NULL
                )
                """
            );
        }
        CheckRights(connection, engine);
        Renumber(connection);
        var applied = ListApplied(connection);
        if (FindMismatch(applied, known) is { } mismatch)
        {
            throw new SettingException(mismatch);
        }
        if (applied.Count > 0)
        {
            CompareShape(connection, engine);
        }
        var pending = known.Skip(applied.Count).ToList();
        foreach (var migration in pending)
        {
            ChangeSchema(connection, migration, migration.Sql);
            connection.Execute(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (@Version, @Name, @now)",
                new
                {
                    migration.Version,
                    migration.Name,
                    now = SqlTypes.Text(now),
                }
            );
        }
        if (pending.Count > 0)
        {
            SaveShape(connection, engine);
        }
    }

    // On PostgreSQL, the user that serves need not be the one that owns the tables.
    private static void ChangeSchema(DbConnection connection, Migration migration, string sql)
    {
        try
        {
            connection.Execute(sql);
        }
        catch (DbException exception) when (exception.SqlState == InsufficientPrivilege)
        {
            throw new SettingException(
                $"The schema of the database needs {migration.Name}, and the user in Database may not change the schema. Run 'VoteTracker migrate' with the user that owns the tables."
            );
        }
    }

    private static void CheckRights(DbConnection connection, IEngine engine)
    {
        if (engine.ListForbiddenTables(connection) is { Count: > 0 } tables)
        {
            throw new SettingException(
                $"The user in Database may not read and write these tables: {string.Join(", ", tables)}. Run src/operations/postgres-roles.sql again, or grant SELECT, INSERT, UPDATE and DELETE."
            );
        }
    }

    /// <summary>The number of migrations that the next start applies. Reads only.</summary>
    /// <exception cref="SettingException">The start would reject the database.</exception>
    public static int CountPending(DbConnection connection, IReadOnlyList<Migration> known) =>
        FindMismatch(connection, known) is { } mismatch
            ? throw new SettingException(mismatch)
            : known.Count - ListApplied(connection).Count;

    /// <summary>Why this program cannot open a database, by its migrations; null if it can. Nothing is changed.</summary>
    public static string? FindMismatch(DbConnection connection, IReadOnlyList<Migration> known)
    {
        var applied = ListApplied(connection);
        var misnumbered = applied.Where(IsMisnumberable).ToList();
        return FindMismatch(
            AreMisnumbered(misnumbered)
                ?
                [
                    .. applied.Except(misnumbered),
                    .. misnumbered.Select((row, i) => row with { Version = Misnumbered[i].Version }),
                ]
                : applied,
            known
        );
    }

    // Converts a database of release 1.0.0 to the numbers in the names. The condition is exact: from version 6 on, the
    // rows are the first one, two or three of these names, numbered 6, 7 and 8. Any other list is left for the
    // comparison. The highest row is first, because 7 is free only after its row has become 8.
    private static void Renumber(DbConnection connection)
    {
        var rows = ListApplied(connection).Where(IsMisnumberable).ToList();
        if (!AreMisnumbered(rows))
        {
            return;
        }
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            connection.Execute(
                "UPDATE schema_version SET version = @version WHERE version = @stored",
                new { version = Misnumbered[i].Version, stored = FirstMisnumberedVersion + i }
            );
        }
    }

    private static bool IsMisnumberable(AppliedMigration row) => row.Version >= FirstMisnumberedVersion;

    private static bool AreMisnumbered(IReadOnlyList<AppliedMigration> rows) =>
        rows.Select(row => (row.Version, row.Name))
            .SequenceEqual(Misnumbered.Take(rows.Count).Select((row, i) => (FirstMisnumberedVersion + i, row.Name)));

    // The applied migrations must be the first of the known ones, with the same names.
    private static string? FindMismatch(IReadOnlyList<AppliedMigration> applied, IReadOnlyList<Migration> known)
    {
        if (applied.Count == 0)
        {
            return null;
        }
        var (newest, last) = (applied[^1], known[^1].Version);
        if (newest.Version > last)
        {
            return $"The database is at version {newest.Version}, newer than this program, which knows {last}: start a newer VoteTracker.";
        }
        foreach (var row in applied)
        {
            var migration = known.FirstOrDefault(m => m.Version == row.Version);
            if (migration?.Name != row.Name)
            {
                return $"The database has '{row.Name}' as version {row.Version}, but this program has {(migration is null ? "no such version" : $"'{migration.Name}'")}. They do not belong together.";
            }
        }
        var missing = known.FirstOrDefault(m => m.Version < newest.Version && applied.All(a => a.Version != m.Version));
        return missing is null
            ? null
            : $"The database has '{newest.Name}', but not '{missing.Name}', which must be applied before it.";
    }

    private static List<AppliedMigration> ListApplied(DbConnection connection) =>
        [.. connection.Query<AppliedMigration>("SELECT version, name FROM schema_version ORDER BY version")];

    // The shape of the schema after the migrations is stored. A later difference was made by hand.
    private static void SaveShape(DbConnection connection, IEngine engine)
    {
        var shape = engine.DescribeSchema(connection);
        if (shape.Count > 0)
        {
            connection.Execute("DELETE FROM schema_shape");
            connection.Execute("INSERT INTO schema_shape (line) VALUES (@line)", shape.Select(line => new { line }));
        }
    }

    private static void CompareShape(DbConnection connection, IEngine engine)
    {
        var shape = engine.DescribeSchema(connection);
        if (shape.Count == 0)
        {
            return;
        }
        var stored = connection.Query<string>("SELECT line FROM schema_shape").ToList();
        // A table that the service did not create is not compared.
        var ours = stored.Select(TableOf).ToHashSet(StringComparer.Ordinal);
        shape = [.. shape.Where(line => ours.Contains(TableOf(line)))];
        var different = stored
            .Except(shape, StringComparer.Ordinal)
            .Select(line => $"missing: {line}")
            .Concat(shape.Except(stored, StringComparer.Ordinal).Select(line => $"unexpected: {line}"))
            .ToList();
        if (different.Count > 0)
        {
            throw new SettingException(
                $"The schema differs from the one that this program created; somebody changed it by hand. {string.Join("; ", different)}."
            );
        }
    }

    private static string TableOf(string line) => line[..line.IndexOf('.', StringComparison.Ordinal)];

    private sealed record AppliedMigration
    {
        public int Version { get; init; }
        public string Name { get; init; } = "";
    }
}
