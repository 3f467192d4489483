using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using VoteTracker.Database;

namespace VoteTracker.Tests;

/// <summary>
/// The databases of the tests, one for each folder: a file in it, or where the run is one on PostgreSQL
/// (`VOTETRACKER_TESTS_DATABASE=postgres`), a database on the server of this run.
/// </summary>
internal static class Databases
{
    private static readonly Lazy<string> Template = new(MakeTemplate);
    private static string? _templateFolder;

    // Each copy of the template begins as a new installation, and not as a backup that is restored.
    private const string ForgetPlace = "DELETE FROM incarnation";

    public static bool ArePostgres { get; } =
        Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_DATABASE") == "postgres";

    /// <summary>The migrations of this engine.</summary>
    public static IReadOnlyList<Migration> Migrations => MigrationList.Load(ArePostgres ? "Postgres" : "Sqlite");

    /// <summary>The setting `Database` of the program in this folder.</summary>
    public static string Setting(string folder) =>
        ArePostgres ? PostgresServer.OfThisRun.ConnectionString(NameOf(folder)) : $"Data Source={FileOf(folder)}";

    public static string FileOf(string folder) => Path.Combine(folder, "votetracker.db");

    public static bool Exists(string folder) =>
        ArePostgres ? PostgresServer.OfThisRun.Has(NameOf(folder)) : File.Exists(FileOf(folder));

    /// <summary>Makes that of a new installation, with the record loaded.</summary>
    public static void CopyTemplate(string folder)
    {
        if (ArePostgres)
        {
            PostgresServer.OfThisRun.Copy(Template.Value, NameOf(folder));
        }
        else
        {
            File.Copy(Template.Value, FileOf(folder));
        }
    }

    /// <summary>Makes an empty one.</summary>
    public static void MakeEmpty(string folder)
    {
        if (ArePostgres)
        {
            PostgresServer.OfThisRun.Copy("template0", NameOf(folder));
        }
        else
        {
            File.WriteAllBytes(FileOf(folder), []);
        }
    }

    /// <summary>Takes it away.</summary>
    public static void Drop(string folder)
    {
        if (ArePostgres)
        {
            PostgresServer.OfThisRun.Drop(NameOf(folder));
            return;
        }
        foreach (var ending in (string[])["", "-wal", "-shm"])
        {
            File.Delete(FileOf(folder) + ending);
        }
    }

    /// <summary>A connection of the test, while the service runs.</summary>
    public static DbConnection Open(string folder)
    {
        DbConnection connection = ArePostgres
            ? new NpgsqlConnection(Setting(folder) + ";Pooling=False")
            : new SqliteConnection($"{Setting(folder)};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Runs SQL while the service runs, like an operator.</summary>
    public static void Execute(string folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The names of its tables and views.</summary>
    public static IReadOnlyList<string> Tables(DbConnection connection) =>
        [
            .. connection
                .Query<string>(
                    ArePostgres
                        ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                        : "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The rows as <see cref="Dump"/> lists them, without the audit: a read of personal data has an entry too.</summary>
    public static IReadOnlyList<string> DumpContent(string folder) =>
        [.. Dump(folder).Where(row => !row.StartsWith("audit_", StringComparison.Ordinal))];

    /// <summary>Every row of every table and view, as text, in an order that does not depend on the engine.</summary>
    public static IReadOnlyList<string> Dump(string folder)
    {
        using var connection = Open(folder);
        var rows = new List<string>();
        foreach (var table in Tables(connection))
        {
            using var reader = connection.ExecuteReader($"SELECT * FROM \"{table}\"");
            while (reader.Read())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                rows.Add($"{table}: {string.Join('|', values)}");
            }
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public static string NameOf(string folder) =>
        "vt_"
        + Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Path.GetFullPath(folder)))
        )[..24];

    /// <summary>Deletes what the run created for all tests.</summary>
    public static void TidyUp()
    {
        PostgresServer.StopThatOfThisRun();
        if (_templateFolder is not null)
        {
            Directory.Delete(_templateFolder, recursive: true);
        }
    }

    private static string MakeTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-template-").FullName;
        _templateFolder = folder;
        MakeEmpty(folder);
        if (ArePostgres)
        {
            using (var first = new App(folder: folder))
            {
                first.CreateClient().Dispose();
            }
            // A test may set its clock to before the template was made.
            Execute(folder, $"UPDATE write_turn SET moment = '-infinity'; {ForgetPlace}");
            return NameOf(folder);
        }
        using var app = new App(folder: folder);
        var template = Path.Combine(folder, "template.db");
        // A consistent copy. The log is copied into the file only when the database is closed.
        ((Maintenance)app.Services.GetService(typeof(Maintenance))!)
            .CopyTo(template)
            .GetAwaiter()
            .GetResult();
        using var copy = new SqliteConnection($"Data Source={template};Pooling=False");
        copy.Open();
        copy.Execute(ForgetPlace);
        return template;
    }
}
