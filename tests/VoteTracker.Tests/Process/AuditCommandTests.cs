using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests.Features.Audit;

namespace VoteTracker.Tests.Process;

/// <summary>`VoteTracker audit`, as it is typed.</summary>
[EveryEngine]
public sealed class AuditCommandTests
{
    [Test]
    public async Task The_command_checks_the_audit_of_a_service_that_runs_and_erases_a_text()
    {
        using var app = new App();
        await app.OpenDraft();
        (await app.SendFrom("192.0.2.77", "/v1/contacts", App.AdminKey)).ShouldBe(200);
        string[] database = ["--Database", Databases.Setting(app.Folder)];
        var (valid, said) = await Run(["audit", "verify", .. database]);
        valid.ShouldBe(0, said);
        said.ShouldContain("The audit is complete: ");
        said.ShouldContain(" from number 1, 0 erased texts.");
        var (_, head) = await Run(["audit", "verify", "--head", .. database]);
        head.Trim().ShouldMatch("^[0-9]+:[0-9a-f]{64}$");

        var (erased, count) = await Run(["audit", "erase", "192.0.2.77", .. database]);
        (erased, count.Trim()).ShouldBe((0, "Erased from 1 entry."));
        var entry = AuditRequests.Entries(app.Folder)[^1];
        (entry.Action, entry.Author).ShouldBe(("erasure", "command audit erase"));
        var (same, still) = await Run(["audit", "verify", "--expect", head.Trim(), .. database]);
        same.ShouldBe(0, still);
        still.ShouldContain("1 erased text.");
        (await app.Admin.GetAsync("/v1/audit")).EnsureSuccessStatusCode();

        app.Tamper("DELETE FROM audit_entry WHERE seq = 2");
        var (wrong, fault) = await Run(["audit", "verify", .. database]);
        (wrong, fault.Trim()).ShouldBe((1, "Entry 2 is missing."));
    }

    [Test]
    public async Task A_key_that_the_command_line_adds_has_an_entry()
    {
        using var app = new App();
        app.CreateClient().Dispose();
        var before = app.LastEntry();
        var (exitCode, output) = await Run([
            "key",
            "add",
            "--role",
            "viewer",
            "--Database",
            Databases.Setting(app.Folder),
        ]);
        exitCode.ShouldBe(0, output);
        var entry = app.Since(before).ShouldHaveSingleItem();
        (entry.Action, entry.Author, entry.Operation).ShouldBe(("key-created", "command key add", "key add"));
        (await app.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public Task A_copy_of_the_database_has_an_entry_that_it_contains_itself() =>
        CheckEntry("copy", (source, target) => ["copy", "--from", source, "--to", $"Data Source={target}"]);

    [OnlySqlite]
    [Test]
    public Task A_backup_has_an_entry_that_it_contains_itself() =>
        CheckEntry("backup", (source, target) => ["backup", target, "--Database", source]);

    [OnlySqlite]
    [Test]
    public async Task A_database_that_cannot_be_written_is_copied_without_an_entry()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        Databases.Execute(folder, "DROP TABLE audit_chain");
        var (exitCode, output) = await Service.Run(folder, ["backup", "copy.db"]);
        exitCode.ShouldBe(0, output);
        output.ShouldContain("The audit has no entry of this backup");
    }

    [AnyEngine]
    [TestCase("--expect", "12", "--expect must be the output of audit verify --head")]
    [TestCase("--Database", "Data Source=empty.db", "The database has no audit.")]
    public async Task What_cannot_be_checked_is_said_with_exit_code_2(string option, string value, string message)
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["audit", "verify", option, value]);
        exitCode.ShouldBe(2, output);
        output.ShouldContain(message);
    }

    private static async Task CheckEntry(string command, Func<string, string, string[]> arguments)
    {
        using var app = new App();
        using var elsewhere = new Folder();
        app.CreateClient().Dispose();
        var before = app.LastEntry();
        var copy = Databases.FileOf(elsewhere);
        var (exitCode, output) = await Run(arguments(Databases.Setting(app.Folder), copy));
        exitCode.ShouldBe(0, output);
        var entry = app.Since(before).ShouldHaveSingleItem();
        (entry.Action, entry.Author, entry.Operation).ShouldBe(("read", $"command {command}", command));
        using var copied = new SqliteConnection($"Data Source={copy};Pooling=False");
        (await copied.ExecuteScalarAsync<string>("SELECT hash FROM audit_entry ORDER BY seq DESC LIMIT 1")).ShouldBe(
            entry.Hash
        );
    }

    private static Task<(int ExitCode, string Output)> Run(string[] arguments) =>
        Service.Run(Path.GetTempPath(), arguments);
}
