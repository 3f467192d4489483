using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VoteTracker.Database;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Upgrade;

/// <summary>This program starts on the schema of every release, also after it was killed while it migrated.</summary>
[EveryEngine]
public sealed partial class UpgradeTests
{
    [Test]
    [AnyEngine]
    public void Every_release_of_the_changelog_is_tested() =>
        Release()
            .Matches(Repository.Read(".github/CHANGELOG.md"))
            .Select(m => m.Groups["version"].Value)
            .ShouldBeInAnyOrder(OldDatabase.Releases.Keys);

    [TestCaseSource(nameof(LastMigrations))]
    public async Task The_schema_of_a_release_is_migrated_and_has_the_same_tally(int lastMigration)
    {
        using var folder = new Folder();
        OldDatabase.Make(folder, lastMigration);
        using var app = new App(folder: folder);
        using var admin = app.Admin;
        await OldDatabase.ShouldHaveTheSame(admin);
        (await admin.RecordStance(OldDatabase.Draft, "NOR", "yes")).Version().ShouldBeGreaterThan(5);
        Newest(folder).ShouldBe(Databases.Migrations[^1].Version);
    }

    [Test]
    public async Task A_start_that_is_killed_while_it_migrates_is_repeated_and_loses_nothing()
    {
        var newest = Databases.Migrations[^1].Version;
        var seen = new List<int>();
        for (var round = 0; round < (Length.IsSoak ? 30 : 3); round++)
        {
            using var folder = new Folder();
            OldDatabase.Make(folder, OldDatabase.Releases["1.0.0"]);
            using (var process = Start(folder))
            {
                await WaitForTheMigration(folder, process, round);
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
            seen.Add(Newest(folder));
            seen[^1].ShouldBeOneOf(OldDatabase.Releases["1.0.0"], newest);
            await using var service = await Service.Start(folder);
            using var admin = service.Client();
            await OldDatabase.ShouldHaveTheSame(admin);
            Newest(folder).ShouldBe(newest);
        }
        TestContext.Out.WriteLine($"schemas after the kills: {string.Join(", ", seen)}");
    }

    private static System.Diagnostics.Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Service.Program, "--Urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["VOTETRACKER_DATABASE"] = Databases.Setting(folder);
        start.Environment["VOTETRACKER_ADMINKEY"] = App.AdminKey;
        return System.Diagnostics.Process.Start(start)!;
    }

    // A write lock of the migration, or its first bytes in the log; then some milliseconds more in each round.
    private static async Task WaitForTheMigration(string folder, System.Diagnostics.Process process, int round)
    {
        using var connection = Databases.Open(folder);
        var limit = Stopwatch.StartNew();
        while (!IsMigrating(connection) && !process.HasExited)
        {
            limit.Elapsed.ShouldBeLessThan(Hang.Limit);
            // A migration is short, and can end while this waits for its turn.
            if (limit.Elapsed > TimeSpan.FromMinutes(1) && Newest(folder) == Databases.Migrations[^1].Version)
            {
                return;
            }
            await Task.Delay(1);
        }
        await Task.Delay(round % 3 * 15);
    }

    private static bool IsMigrating(System.Data.Common.DbConnection connection)
    {
        if (Databases.ArePostgres)
        {
            return connection.ExecuteScalar<long>(
                    """
                    SELECT COUNT(*) FROM pg_locks
                    WHERE mode = 'AccessExclusiveLock' AND pid <> pg_backend_pid() AND locktype = 'relation'
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    """
                ) > 0;
        }
        // Microsoft.Data.Sqlite would wait for the lock.
        return raw.sqlite3_exec(((SqliteConnection)connection).Handle, "BEGIN IMMEDIATE; ROLLBACK") == raw.SQLITE_BUSY;
    }

    private static int Newest(string folder)
    {
        using var connection = Databases.Open(folder);
        return connection.ExecuteScalar<int>("SELECT MAX(version) FROM schema_version");
    }

    private static IEnumerable<int> LastMigrations() => OldDatabase.Releases.Values.Distinct();

    [GeneratedRegex(@"^## (?<version>[0-9]+\.[0-9]+\.[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Release();
}
