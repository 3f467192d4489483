using System.Runtime.Versioning;
using VoteTracker.Tests.Features.Audit;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>`restore` and `verify` with files that are damaged or do not belong together. Nothing is half written.</summary>
[OnlySqlite]
[UnsupportedOSPlatform("windows")]
public sealed class RestoreCommandTests
{
    [Test]
    public async Task A_restore_replaces_a_database_only_on_request_and_never_one_that_is_served()
    {
        using var folder = new Folder();
        var file = Databases.FileOf(folder);
        Databases.CopyTemplate(folder);
        await Run(0, folder, "backup", "campaign.db");
        using (var app = new App(folder: folder))
        {
            await app.OpenDraft();
            (await Run(2, folder, "restore", "campaign.db", "--replace")).ShouldContain("already serves");
            (await app.Admin.GetJson("/v1/resolutions/es-10-l-34/tally")).Version().ShouldBe(1);
        }
        var before = await File.ReadAllBytesAsync(file);
        (await Run(2, folder, "restore", "campaign.db")).ShouldContain("--replace");
        (await File.ReadAllBytesAsync(file)).ShouldBe(before);

        // A log beside it is part of the old database, and would be copied into the new one.
        await File.WriteAllTextAsync(file + "-wal", "the log of the old database");
        (await Run(0, folder, "restore", "campaign.db", "--replace")).ShouldContain("The old database is");
        File.Exists(file + "-wal").ShouldBeFalse();
        var old = Directory.GetFiles(folder, "*.replaced-*").Order(StringComparer.Ordinal).ToList();
        old.Count.ShouldBe(2);
        (await File.ReadAllBytesAsync(old[0])).ShouldBe(before);
        (await File.ReadAllTextAsync(old[1])).ShouldBe("the log of the old database");
        old[1].ShouldBe(old[0] + "-wal");
        using var restored = new App(folder: folder);
        using var missing = await restored.Admin.GetAsync("/v1/resolutions/es-10-l-34");
        ((int)missing.StatusCode).ShouldBe(404);
        var entry = (await restored.List("?author=command%20restore")).ShouldHaveSingleItem();
        (entry["action"]!.GetValue<string>(), entry["operation"]!.GetValue<string>()).ShouldBe(("write", "restore"));
        (await restored.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public async Task A_log_without_a_database_is_not_mixed_with_the_restored_one()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await Run(0, folder, "backup", "campaign.db");
        Databases.Drop(folder);
        var log = Databases.FileOf(folder) + "-wal";
        await File.WriteAllTextAsync(log, "the log of another campaign");
        (await Run(2, folder, "restore", "campaign.db")).ShouldContain("or its log already exists");
        await Run(0, folder, "restore", "campaign.db", "--replace");
        File.Exists(log).ShouldBeFalse();
        (await File.ReadAllTextAsync(Directory.GetFiles(folder, "*.replaced-*-wal").ShouldHaveSingleItem())).ShouldBe(
            "the log of another campaign"
        );
    }

    [TestCase("changed", "is damaged")]
    [TestCase("truncated", "It is truncated: it has 100,000 of ")]
    [TestCase("short", "too short for a database")]
    [TestCase("text", "neither a SQLite database nor an archive")]
    [TestCase("log", "The log campaign.db-wal is beside it")]
    [TestCase("newer", "newer than this program")]
    [TestCase("renamed", "'0003-renamed.sql' as version 3")]
    [TestCase("foreign", "not one of VoteTracker")]
    [TestCase("truncated.gz", "truncated")]
    [TestCase("changed.gz", "")]
    [TestCase("text.gz", "neither a SQLite database nor an archive")]
    public async Task A_backup_that_is_not_intact_is_named_by_verify_and_not_restored(string fault, string reason)
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        Databases.CopyTemplate(elsewhere);
        var backup = Path.Combine(elsewhere, "campaign.db");
        File.Move(Databases.FileOf(elsewhere), backup);
        await DamagedBackup.Damage(backup, fault);
        var verified = await Run(1, folder, "verify", backup);
        verified.ShouldContain("cannot be restored. ");
        verified.ShouldContain(reason);
        verified.ShouldNotContain("   at ", Case.Sensitive, "no stack trace");
        var refused = await Run(2, folder, "restore", backup);
        refused.ShouldContain("Nothing was restored: ");
        refused.ShouldContain(reason);
        Directory
            .GetFiles(folder)
            .Select(Path.GetFileName)
            .ShouldBe(["votetracker.db-lock"], "no file is left, and no database was created");
    }

    [TestCase("1.0.0", 8)]
    [TestCase("1.2.0", 14)]
    public async Task A_backup_of_an_earlier_release_is_complete_and_is_migrated_at_the_next_start(
        string release,
        int schema
    )
    {
        using var folder = new Folder();
        var backup = Path.Combine(Repository.Root, $"tests/VoteTracker.Tests/Database/release-{release}.db.gz");
        (await Run(0, folder, "verify", backup)).ShouldContain($"compressed, schema {schema}, ");
        await Run(0, folder, "restore", backup);
        // As an operator does before an upgrade.
        await Run(0, folder, "backup", "before-upgrade.db");
        await Run(0, folder, "restore", "before-upgrade.db", "--replace");
        using var app = new App(folder: folder);
        (await app.Admin.GetJson("/v1/resolutions/es-10-l-34/tally")).Int("yes").ShouldBe(3);
    }

    [Test]
    public async Task A_key_that_is_missing_wrong_or_readable_by_others_is_reported_without_its_content()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        (await Run(2, folder, "backup", "x.age", "--encrypt")).ShouldContain("To create a key: (umask 077");
        (await Run(2, folder, "backup", "x.age", "--encrypt", "--key-file", "none.key")).ShouldContain(
            "does not exist"
        );
        var key = KeyFiles.Write(folder);
        (await Run(2, folder, "backup", "x.db", "--key-file", key)).ShouldContain("Add --encrypt");
        File.SetUnixFileMode(key, (UnixFileMode)0b110_100_000);
        var open = await Run(2, folder, "backup", "x.age", "--encrypt", "--key-file", key);
        open.ShouldContain($"chmod 600 {key}");
        open.ShouldNotContain((await File.ReadAllTextAsync(key)).Trim());
        File.SetUnixFileMode(key, (UnixFileMode)0b110_000_000);
        await Run(0, folder, "backup", "x.age", "--encrypt", "--key-file", key);

        var other = KeyFiles.Write(folder, name: "other.key");
        (await Run(1, folder, "verify", "x.age", "--key-file", other)).ShouldContain("The key does not fit");
        (await Run(2, folder, "verify", "x.age")).ShouldContain("An encrypted backup needs a key");
        var file = Databases.FileOf(folder);
        var before = await File.ReadAllBytesAsync(file);
        (await Run(2, folder, "restore", "x.age", "--replace", "--key-file", other)).ShouldContain("does not fit");
        (await File.ReadAllBytesAsync(file)).ShouldBe(before);
        Directory.GetFiles(folder, "*.unfinished*").ShouldBeEmpty();
        // The setting names the key too.
        (await Run(0, folder, "verify", "x.age", "--BackupKeyFile", key)).ShouldContain("encrypted, schema");
    }

    [Test]
    public async Task A_restore_to_PostgreSQL_or_of_the_database_itself_says_what_to_do()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        (await Run(2, folder, "restore", "none.db")).ShouldContain("none.db does not exist");
        (await Run(2, folder, "restore", "votetracker.db")).ShouldContain("is the database itself");
        await Run(0, folder, "backup", "x.db");
        (await Run(2, folder, "restore", "x.db", "--Database", "Host=127.0.0.1;Port=1")).ShouldContain(
            "move it with copy"
        );
        (await Run(2, folder, "restore", "x.db", "--Database", "Data Source=no/folder.db")).ShouldContain(
            "is not a folder"
        );
        (await Run(2, folder, "restore", "x.db", "--Database", "Data Source=:memory:")).ShouldContain(
            "must name a file"
        );
    }

    [Test]
    public async Task A_disk_that_is_full_leaves_no_half_file()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        Databases.Execute(
            folder,
            """
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 30000)
            INSERT INTO change (at, by, kind) SELECT '2026-11-01T00:00:00.000000Z', 'somebody', 'stance' FROM number
            """
        );
        await Run(0, folder, "backup", "kept.db");
        new FileInfo(Path.Combine(folder, "kept.db")).Length.ShouldBeGreaterThan(1_500_000);
        var before = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        foreach (
            var arguments in (string[][])
                [
                    ["backup", "copy.db"],
                    ["restore", "kept.db", "--replace"],
                ]
        )
        {
            var (exitCode, output) = await SmallDisk.Run(folder, kilobytes: 1_024, arguments);
            exitCode.ShouldBe(2, output);
            output.ShouldMatch("No copy was made: |Nothing was restored: ");
            Directory
                .GetFiles(folder)
                .Where(file => !file.EndsWith("-lock", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .ShouldBe(before);
        }
        await Run(0, folder, "verify", "votetracker.db");
    }

    private static async Task<string> Run(int expected, string folder, params string[] arguments)
    {
        var (exitCode, output) = await Service.Run(folder, arguments);
        exitCode.ShouldBe(expected, output);
        return output;
    }
}
