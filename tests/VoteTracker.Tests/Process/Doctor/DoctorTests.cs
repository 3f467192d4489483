using System.Globalization;
using Npgsql;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Process.Doctor;

/// <summary>`doctor` checks an installation, says what to do, and changes nothing.</summary>
[EveryEngine]
public sealed class DoctorTests
{
    private const string NoService = "http://127.0.0.1:1";

    // The server of the tests does not sync, and doctor finds that.
    private static int Errors => Databases.ArePostgres ? 1 : 0;

    [Test]
    public async Task It_finds_no_error_in_a_new_installation_beside_a_service_and_after_it()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using (var service = await Service.Start(folder))
        {
            using var client = service.Client();
            await client.RecordStance(await client.OpenDraft(), "ZAF", "yes");
            var rows = Databases.Dump(folder);
            // The first request of a process is slow, and doctor waits for five seconds.
            await client.GetJson("/health/ready");
            var beside = await DoctorRun.Run(folder, "--Urls", service.Address.ToString());
            (beside.ExitCode, beside.Errors).ShouldBe((Errors, Errors), beside.Output);
            beside.ShouldFind("service", "is ready");
            beside.ShouldFind("database", Databases.ArePostgres ? "error: A crash of the server can lose" : "ok: ");
            beside.ShouldFind("clock", "agrees with the database");
            beside.Output.ShouldNotContain("Password");
            Databases.Dump(folder).ShouldBe(rows);
            await service.Stop();
        }
        var files = Files(folder);
        var after = await DoctorRun.Run(folder, "--Urls", NoService);
        (after.ExitCode, after.Errors).ShouldBe((Errors, Errors), after.Output);
        after.ShouldFind("service", "No service listens at 127.0.0.1:1");
        after.ShouldFind("disk", "ok: ");
        Files(folder).ShouldBe(files, "doctor creates and changes no file");
    }

    [AnyEngine]
    [Test]
    public async Task The_text_has_a_line_for_each_finding_and_what_to_do()
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["doctor", "--Urls", NoService], App.AdminKey);
        exitCode.ShouldBe(0, output);
        output.ShouldContain("warning  settings      AdminKey is in the command line");
        output.ShouldContain("→ Write the key to a file with mode 0600");
        output.ShouldContain("votetracker.db does not exist yet");
        output.TrimEnd().Split('\n')[^1].ShouldStartWith("0 errors, ");
        output.ShouldNotContain(App.AdminKey);
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Test]
    public async Task A_change_with_a_moment_in_the_future_is_an_error()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var future = DateTime
            .UtcNow.AddHours(1)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        Databases.Execute(folder, $"UPDATE resolution SET changed_at = '{future}' WHERE id = 'es-10-27'");
        var run = await DoctorRun.Run(folder, "--Urls", NoService);
        run.ExitCode.ShouldBe(1);
        run.ShouldFind("clock", "error: The last change of the database is from");
    }

    [Test]
    public async Task A_database_of_a_newer_release_and_pending_migrations_are_found()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        Databases.Execute(folder, "UPDATE schema_version SET version = 900 WHERE version = 1");
        var newer = await DoctorRun.Run(folder, "--Urls", NoService);
        newer.ExitCode.ShouldBe(1);
        newer.ShouldFind("database", "error: The database is at version 900, newer than this program");
        Databases.Execute(
            folder,
            "UPDATE schema_version SET version = 1 WHERE version = 900; DELETE FROM schema_version WHERE version = (SELECT MAX(version) FROM schema_version)"
        );
        var older = await DoctorRun.Run(folder, "--Urls", NoService);
        (older.ExitCode, older.Errors).ShouldBe((Errors, Errors), older.Output);
        older.ShouldFind("database", "warning: The next start applies 1 migrations");
    }

    [OnlyPostgres]
    [Test]
    public async Task An_unsafe_server_and_a_role_without_rights_are_found()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var database = Databases.NameOf(folder);
        var role = $"role_{database}";
        Databases.Execute(
            folder,
            $"""
            CREATE ROLE {role} LOGIN;
            ALTER ROLE {role} SET synchronous_commit = off;
            GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role};
            GRANT INSERT ON ALL TABLES IN SCHEMA public TO {role};
            REVOKE INSERT ON stance FROM {role};
            """
        );
        try
        {
            var setting = new NpgsqlConnectionStringBuilder(Databases.Setting(folder))
            {
                Username = role,
                Password = "hidden-words",
            };
            var run = await DoctorRun.Run(folder, "--Urls", NoService, "--Database", setting.ConnectionString);
            run.ExitCode.ShouldBe(1);
            run.ShouldFind("database", $"error: The role {role} may not read or write stance.");
            run.ShouldFind("database", "synchronous_commit = off");
            run.Output.ShouldNotContain("hidden-words");
        }
        finally
        {
            Databases.Execute(folder, $"DROP OWNED BY {role}; DROP ROLE {role}");
        }
        var gone = await DoctorRun.Run(
            folder,
            "--Database",
            "Host=127.0.0.1;Port=1;Username=a;Password=hidden-words;Database=b"
        );
        gone.ExitCode.ShouldBe(1);
        gone.ShouldFind("database", "error: PostgreSQL at 127.0.0.1:1 could not be reached");
        gone.Output.ShouldNotContain("hidden-words");
    }

    // Names, lengths, times and contents.
    private static List<string> Files(string folder) =>
        [
            .. new DirectoryInfo(folder)
                .EnumerateFiles()
                .Select(file =>
                    $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.FullName)))}"
                )
                .Order(StringComparer.Ordinal),
        ];
}
