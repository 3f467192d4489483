using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Features.Backup;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>Backups that the service writes by itself, and the program that copies them to another place.</summary>
[OnlySqlite]
[UnsupportedOSPlatform("windows")]
public sealed class BackupScheduleTests
{
    [Test]
    public async Task A_backup_is_written_at_each_interval_and_only_the_newest_of_the_schedule_are_kept()
    {
        using var folder = new Folder();
        var other = Path.Combine(folder, "votetracker-000001-notes.db");
        await File.WriteAllTextAsync(other, "not of the schedule");
        var left = Path.Combine(folder, "votetracker-000001-20261120T000000Z.db.unfinished-pages");
        await File.WriteAllTextAsync(left, "left by a process that was killed");
        using var app = Scheduled(folder, ("BackupEveryHours", "6"), ("BackupKeep", "2"), ("BackupCompress", "false"));
        await app.OpenDraft();
        File.Exists(left).ShouldBeFalse();
        for (var number = 1; number <= 4; number++)
        {
            await Until(app, () => State(app).Last?.File.Number == number);
            app.Clock.Jump(TimeSpan.FromHours(6));
        }
        await Until(app, () => Files(folder).Count == 2);
        Files(folder).ShouldAllBe(name => name!.EndsWith("Z.db", StringComparison.Ordinal));
        Files(folder)[0].ShouldStartWith("votetracker-00000");
        File.Exists(other).ShouldBeTrue();
        var last = State(app).Last!;
        last.File.Bytes.ShouldBe(new FileInfo(last.File.Path).Length);
        last.Duration.ShouldNotBeNull();
        File.GetUnixFileMode(last.File.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Run(app.Folder, "verify", last.File.Path)).ShouldContain("It is complete.");
    }

    [Test]
    public async Task A_clock_that_is_set_back_or_ahead_deletes_no_newer_backup_and_skips_none()
    {
        using var folder = new Folder();
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 11, 21, 15, 0, 0, TimeSpan.Zero));
        // With a clock that is a year ahead, two backups are written.
        using (var app = Scheduled(folder, clock, ("BackupKeep", "2"), ("BackupEveryHours", "1")))
        {
            await Until(app, () => State(app).Last?.File.Number == 1);
            app.Clock.Jump(TimeSpan.FromHours(1));
            await Until(app, () => State(app).Last?.File.Number == 2);
        }
        using var corrected = Scheduled(folder, ("BackupKeep", "2"), ("BackupEveryHours", "1"));
        corrected.CreateClient().Dispose();
        State(corrected).Last!.File.Number.ShouldBe(2, "a start finds the newest one");
        await Until(corrected, () => State(corrected).Last?.File.Number == 3);
        await Until(corrected, () => Files(folder).Count == 2);
        Files(folder)[1].ShouldStartWith("votetracker-000003-20261121T");
    }

    [Test]
    public async Task A_restart_within_the_interval_writes_no_further_backup()
    {
        using var folder = new Folder();
        using var campaign = new Folder();
        using (var app = Scheduled(folder, at: campaign))
        {
            await Until(app, () => State(app).Last is not null);
        }
        using var again = Scheduled(folder, at: campaign);
        again.CreateClient().Dispose();
        for (var minute = 0; minute < 30; minute++)
        {
            again.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Files(folder).ShouldHaveSingleItem().ShouldEndWith(".db.gz");
        State(again).Last!.Duration.ShouldBeNull("an earlier process wrote it");
    }

    [Test]
    public async Task The_program_for_copies_gets_each_file_and_a_failed_copy_is_repeated_with_the_next_backup()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        var key = KeyFiles.Write(elsewhere);
        var program = Path.Combine(elsewhere, "copy");
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/sh\nenv > {elsewhere}/environment\n[ -e {elsewhere}/mounted ] || exit 7\ncp \"$1\" {elsewhere}/mounted/\n"
        );
        File.SetUnixFileMode(program, (UnixFileMode)0b111_000_000);
        Environment.SetEnvironmentVariable("VOTETRACKER_TESTS_SECRET", "a-secret-of-the-service");
        using var app = Scheduled(
            folder,
            ("BackupCommand", program),
            ("BackupKeyFile", key),
            ("BackupEveryHours", "1")
        );
        await Until(app, () => State(app).CommandFailure is not null);
        State(app).CommandFailure!.Reason.ShouldBe("BackupCommand exited with 7");
        State(app).Failure.ShouldBeNull("the backup itself is good");
        app.Log.ShouldContain(line =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("exited with 7")
        );
        (await File.ReadAllTextAsync(Path.Combine(elsewhere, "environment"))).ShouldNotContain(
            "a-secret-of-the-service"
        );

        Directory.CreateDirectory(Path.Combine(elsewhere, "mounted"));
        app.Clock.Jump(TimeSpan.FromHours(1));
        await Until(app, () => State(app).CommandFailure is null && State(app).Last!.File.Number == 2);
        var copies = Directory.GetFiles(Path.Combine(elsewhere, "mounted")).Order(StringComparer.Ordinal).ToList();
        copies.Select(Path.GetFileName).ShouldBe(Files(folder));
        copies.Count.ShouldBe(2);
        (await Run(app.Folder, "verify", copies[1], "--key-file", key)).ShouldContain("compressed and encrypted");
    }

    [Test]
    public async Task A_program_for_copies_that_hangs_is_ended_and_one_that_is_missing_is_reported()
    {
        using var folder = new Folder();
        var program = Path.Combine(folder, "hang");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nsleep 600\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_000_000);
        using (var app = Scheduled(folder, ("BackupCommand", program), ("BackupCommandSeconds", "1")))
        {
            await Until(app, () => State(app).CommandFailure is not null);
            State(app).CommandFailure!.Reason.ShouldBe("BackupCommand was ended after 1 s");
        }
        using var other = new Folder();
        using var missing = Scheduled(other, ("BackupCommand", "/no/such/program"));
        await Until(missing, () => State(missing).CommandFailure is not null);
        State(missing).CommandFailure!.Reason.ShouldStartWith("BackupCommand cannot be run: ");
    }

    [Test]
    public async Task A_backup_that_fails_is_reported_deletes_none_and_is_repeated_soon()
    {
        using var folder = new Folder();
        using var app = Scheduled(folder, ("BackupKeep", "1"), ("BackupEveryHours", "1"));
        await Until(app, () => State(app).Last is not null);
        var good = Files(folder).ShouldHaveSingleItem();
        Directory.Move(folder, folder + "-unmounted");
        app.Clock.Jump(TimeSpan.FromHours(1));
        await Until(app, () => State(app).Failure is not null);
        State(app).Last!.File.Number.ShouldBe(1);
        app.Log.ShouldContain(line =>
            line.StartsWith("Error: The scheduled backup failed: ", StringComparison.Ordinal)
        );
        Directory.Move(folder + "-unmounted", folder);
        Files(folder).ShouldBe([good]);
        await Until(app, () => State(app).Failure is null);
        State(app).Last!.File.Number.ShouldBe(2);
        Files(folder).Count.ShouldBe(1);
    }

    [Test]
    public async Task Writes_continue_while_a_backup_is_written()
    {
        using var folder = new Folder();
        using var app = Scheduled(folder);
        var id = await app.OpenDraft();
        using var lobbyist = app.Lobbyist;
        var writer = app.Services.GetRequiredService<BackupWriter>();
        var form = new VoteTracker.Features.Backup.Archives.ArchiveForm(IsCompressed: false, Key: null);
        var backup = Task.Run(() => writer.Write(Path.Combine(folder, "beside.db"), form));
        var written = 0;
        do
        {
            await lobbyist.RecordStance(id, "ZAF", written++ % 2 == 0 ? "yes" : "no");
        } while (!backup.IsCompleted);
        (await backup).ShouldBeGreaterThan(100_000);
        (await Run(app.Folder, "verify", Path.Combine(folder, "beside.db"))).ShouldContain("It is complete.");
        (await app.Admin.GetJson($"/v1/resolutions/{id}/tally")).Version().ShouldBe(1 + written);
    }

    [TestCase("BackupEveryHours is 0. It must be from 1 to 8760.", "--BackupEveryHours", "0")]
    [TestCase("BackupKeep is 0. It must be from 1 to 10000.", "--BackupKeep", "0")]
    [TestCase("BackupCommandSeconds is -1.", "--BackupCommandSeconds", "-1")]
    [TestCase("BackupFolder, which is not set", "--BackupCommand", "/bin/true")]
    [TestCase("is not a folder. Create it", "--BackupFolder", "missing")]
    [TestCase("use pg_basebackup", "--BackupFolder", ".", "--Database", "Host=127.0.0.1")]
    [TestCase("BackupKeyFile: the file none.key does not exist", "--BackupFolder", ".", "--BackupKeyFile", "none.key")]
    [TestCase("must have one line with 32 random bytes", "--BackupFolder", ".", "--BackupKeyFile", "short.key")]
    public async Task A_wrong_setting_of_backups_ends_the_start(string message, params string[] settings)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        KeyFiles.Write(folder, new byte[31], "short.key");
        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0", .. settings]);
        exitCode.ShouldBe(2, output);
        output.ShouldContain(message);
        output.Trim().Split('\n').Length.ShouldBe(1, output);
    }

    [Test]
    public async Task Two_campaigns_of_the_same_name_cannot_share_a_folder()
    {
        using var folder = new Folder();
        using var app = Scheduled(folder);
        app.CreateClient().Dispose();
        using var other = new Folder();
        Databases.CopyTemplate(other);
        var (exitCode, output) = await Service.Run(
            other,
            ["--Urls", "http://127.0.0.1:0", "--BackupFolder", folder.Path]
        );
        exitCode.ShouldBe(2, output);
        output.ShouldContain("Each campaign needs a folder of its own");
    }

    private static App Scheduled(string folder, params (string Name, string Value)[] settings) =>
        Scheduled(folder, clock: null, settings);

    private static App Scheduled(
        string folder,
        FakeTimeProvider? clock,
        params (string Name, string Value)[] settings
    ) => new(clock, Settings(folder, settings));

    private static App Scheduled(string folder, string at) => new(settings: Settings(folder, []), folder: at);

    private static Dictionary<string, string> Settings(string folder, (string Name, string Value)[] settings) =>
        settings.Append(("BackupFolder", folder)).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);

    private static BackupState State(App app) => app.Services.GetRequiredService<BackupState>();

    private static List<string?> Files(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "votetracker-*Z.db*")
                .Where(file => !file.Contains(".unfinished", StringComparison.Ordinal))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal),
        ];

    // The schedule looks once a minute.
    private static async Task Until(App app, Func<bool> holds)
    {
        var limit = Stopwatch.StartNew();
        for (var minute = 0; !holds(); minute++)
        {
            limit.Elapsed.ShouldBeLessThan(Hang.Limit);
            // Not an hour: during a long backup, the next one would be due.
            if (minute < 30)
            {
                app.Clock.Advance(TimeSpan.FromMinutes(1));
            }
            await Task.Delay(20);
        }
    }

    private static async Task<string> Run(string folder, params string[] arguments)
    {
        var (exitCode, output) = await Service.Run(folder, arguments);
        exitCode.ShouldBe(0, output);
        return output;
    }
}
