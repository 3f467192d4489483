using System.Data.Common;
using System.Reflection;
using Dapper;

namespace VoteTracker.Database;

/// <summary>Brings a database to the shape this program knows: ordered migrations, each once, all or nothing.</summary>
internal static class Migrator
{
    /// <summary>Within one transaction, while no other process does the same.</summary>
    public static void Migrate(DbConnection connection, IEngine engine, DateTimeOffset now)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                version    INTEGER NOT NULL PRIMARY KEY,
                name       TEXT NOT NULL,
                applied_at TEXT NOT NULL
            )
            """
        );
        var known = Known(engine.Migrations);
        var applied = connection.ExecuteScalar<int?>("SELECT MAX(version) FROM schema_version") ?? 0;
        if (applied > known.Count)
        {
            throw new SettingException(
                $"The database is at version {applied}, newer than this program, which knows {known.Count}: start a newer VoteTracker."
            );
        }
        if (applied > 0)
        {
            Compare(connection, engine);
        }
        foreach (var (version, name, sql) in known.Skip(applied))
        {
            connection.Execute(sql);
            connection.Execute(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @now)",
                new
                {
                    version,
                    name,
                    now = Values.Text(now),
                }
            );
        }
        if (applied < known.Count)
        {
            Keep(connection, engine);
        }
    }

    // The shape that the migrations left is kept beside them: what differs from it later, somebody did by hand.
    private static void Keep(DbConnection connection, IEngine engine)
    {
        var shape = engine.Shape(connection);
        if (shape.Count > 0)
        {
            connection.Execute("DELETE FROM schema_shape");
            connection.Execute("INSERT INTO schema_shape (line) VALUES (@line)", shape.Select(line => new { line }));
        }
    }

    private static void Compare(DbConnection connection, IEngine engine)
    {
        var shape = engine.Shape(connection);
        if (shape.Count == 0)
        {
            return;
        }
        var kept = connection.Query<string>("SELECT line FROM schema_shape").ToList();
        // A table that somebody put beside ours is theirs.
        var ours = kept.Select(TableOf).ToHashSet(StringComparer.Ordinal);
        shape = [.. shape.Where(line => ours.Contains(TableOf(line)))];
        var different = kept.Except(shape, StringComparer.Ordinal)
            .Select(line => $"missing: {line}")
            .Concat(shape.Except(kept, StringComparer.Ordinal).Select(line => $"unexpected: {line}"))
            .ToList();
        if (different.Count > 0)
        {
            throw new SettingException(
                $"The schema is not as this program left it; somebody changed it by hand. {string.Join("; ", different)}."
            );
        }
    }

    private static string TableOf(string line) => line[..line.IndexOf('.', StringComparison.Ordinal)];

    private static List<(int Version, string Name, string Sql)> Known(string engine)
    {
        var folder = $"VoteTracker.Database.Migrations.{engine}.";
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(
                    (name, i) =>
                    {
                        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                        return (i + 1, name[folder.Length..], reader.ReadToEnd());
                    }
                ),
        ];
    }
}
