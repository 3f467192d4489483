using System.Reflection;
using Dapper;

namespace VoteTracker.Database;

/// <summary>Brings a database to the shape this program knows: ordered migrations, each once, all or nothing.</summary>
internal static class Migrator
{
    private const string Folder = "VoteTracker.Database.Migrations.Sqlite.";

    public static Task Migrate(Db db) =>
        db.Write(async write =>
        {
            await write.Connection.ExecuteAsync(
                """
                CREATE TABLE IF NOT EXISTS schema_version (
                    version    INTEGER NOT NULL PRIMARY KEY,
                    name       TEXT NOT NULL,
                    applied_at TEXT NOT NULL
                )
                """
            );
            var known = Known();
            var applied =
                await write.Connection.ExecuteScalarAsync<int?>("SELECT MAX(version) FROM schema_version") ?? 0;
            if (applied > known.Count)
            {
                throw new SettingException(
                    $"The database is at version {applied}, newer than this program, which knows {known.Count}: start a newer VoteTracker."
                );
            }
            foreach (var (version, name, sql) in known.Skip(applied))
            {
                await write.Connection.ExecuteAsync(sql);
                await write.Connection.ExecuteAsync(
                    "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @now)",
                    new
                    {
                        version,
                        name,
                        now = write.Now,
                    }
                );
            }
            return true;
        });

    private static List<(int Version, string Name, string Sql)> Known()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(
                    (name, i) =>
                    {
                        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                        return (i + 1, name[Folder.Length..], reader.ReadToEnd());
                    }
                ),
        ];
    }
}
