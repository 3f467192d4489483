using System.Runtime.Versioning;
using Npgsql;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>A user of PostgreSQL that owns and migrates the tables, and another one that serves.</summary>
[OnlyPostgres]
[UnsupportedOSPlatform("windows")]
public sealed class PostgresRolesTests
{
    private static PostgresServer Server => PostgresServer.OfThisRun;

    [Test]
    public async Task A_user_without_rights_on_the_schema_serves_a_whole_campaign()
    {
        // An installation whose tables have another owner.
        using var first = new App();
        await first.Lobbyist.GetJson("/v1/me");
        var database = Databases.NameOf(first.Folder);
        CreateRoles(database);
        using var app = new App(
            folder: first.Folder,
            settings: new() { ["Database"] = ConnectionString("votetracker_service", database) },
            hasOtherWriters: true
        );
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Int("yes").ShouldBe(1);
        using var import = new StringContent("iso3,position,certainty,evidence\nKEN,yes,likely,call\n");
        import.Headers.ContentType = new("text/csv");
        using var imported = await app.Lobbyist.PostAsync($"/v1/resolutions/{draft}/stances/import", import);
        ((int)imported.StatusCode).ShouldBe(200);
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        ((int)added.StatusCode).ShouldBe(201);
        using var erased = await app.Lobbyist.Send(
            HttpMethod.Delete,
            $"/v1/contacts/{(await added.Json()).Text("id")}"
        );
        ((int)erased.StatusCode).ShouldBe(204);
        using var export = await app.Admin.GetAsync("/v1/export.zip");
        ((int)export.StatusCode).ShouldBe(200);
        // A commit of another replica arrives by NOTIFY.
        await first.Lobbyist.RecordStance(draft, "BRA", "no");
        while ((await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Int("no") == 0)
        {
            await Task.Delay(10);
        }
        (await app.Anonymous.GetJson("/health/ready")).Text("status").ShouldBe("ready");
        app.Log.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));

        // The same user cannot change the schema.
        foreach (
            var sql in (string[])
                [
                    "CREATE TABLE extra (id INTEGER)",
                    "CREATE TEMP TABLE extra (id INTEGER)",
                    "ALTER TABLE stance ADD COLUMN extra TEXT",
                    "TRUNCATE change",
                    "DROP TABLE contact",
                    "CREATE ROLE extra",
                ]
        )
        {
            Should
                .Throw<PostgresException>(() => Execute("votetracker_service", database, sql), sql)
                .SqlState.ShouldBe("42501", sql);
        }
    }

    [Test]
    public async Task The_owner_migrates_an_empty_database_and_the_service_starts_on_it()
    {
        using var folder = new Folder();
        Databases.MakeEmpty(folder);
        var database = Databases.NameOf(folder);
        try
        {
            CreateRoles(database);
            var (service, owner) = (
                ConnectionString("votetracker_service", database),
                ConnectionString("votetracker_owner", database)
            );
            (await Start(folder, service)).ShouldContain(
                "needs 0001-the-tracker.sql, and the user in Database may not change the schema. Run 'VoteTracker migrate'"
            );
            var (exitCode, output) = await Service.Run(folder, ["migrate", "--Database", owner]);
            exitCode.ShouldBe(0, output);
            output.ShouldContain("the schema is at version ");
            await using (var running = await Service.Start(folder, settings: ["--Database", service]))
            {
                using var client = running.Client();
                await client.OpenDraft();
                await running.Stop();
            }

            // A newer program: migrations are missing here, and the first one creates a table.
            Server.Execute("DELETE FROM schema_version WHERE version >= 34", database);
            (await Start(folder, service)).ShouldContain(
                "Run 'VoteTracker migrate' with the user that owns the tables."
            );
            Server.Execute("REVOKE DELETE ON contact FROM votetracker_service", database);
            (await Start(folder, service)).ShouldContain("may not read and write these tables: contact.");
        }
        finally
        {
            Databases.Drop(folder);
        }
    }

    [Test]
    public async Task The_password_of_the_user_can_come_from_a_file()
    {
        using var app = new App();
        await app.Anonymous.GetJson("/health/ready");
        var database = Databases.NameOf(app.Folder);
        const string role = "with_a_file";
        const string password = "a;quoted \"pass' word";
        Server.Execute(
            $"""
            DROP ROLE IF EXISTS {role};
            CREATE ROLE {role} LOGIN SUPERUSER PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}';
            """
        );
        var file = Path.Combine(app.Folder, "password");
        await File.WriteAllTextAsync(file, $"{password}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var other = new App(
            folder: app.Folder,
            settings: new()
            {
                ["Database"] = $"Host=127.0.0.1;Port={Server.Port};Username={role};Database={database}",
                ["DatabasePasswordFile"] = file,
            }
        );
        await other.Anonymous.GetJson("/health/ready");
        other.Services.GetService(typeof(Settings)).ShouldBeOfType<Settings>().Database.ShouldContain("pass' word");
        new NpgsqlConnectionStringBuilder(
            other.Services.GetService(typeof(Settings)).ShouldBeOfType<Settings>().Database
        ).Password.ShouldBe(password);
        other.Log.ShouldNotContain(line => line.Contains("quoted", StringComparison.Ordinal));
    }

    private static void CreateRoles(string database) =>
        Server.Execute(Repository.Read("src/operations/postgres-roles.sql"), database);

    private static async Task<string> Start(string folder, string database)
    {
        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0", "--Database", database]);
        exitCode.ShouldBe(2, output);
        output.ShouldNotContain("   at ");
        return output;
    }

    private static string ConnectionString(string user, string database) =>
        $"Host=127.0.0.1;Port={Server.Port};Username={user};Database={database}";

    private static void Execute(string user, string database, string sql)
    {
        using var connection = new NpgsqlConnection($"{ConnectionString(user, database)};Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // Written in the test.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
