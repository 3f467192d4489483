using System.Net;
using System.Net.Sockets;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>The messages of a start if the PostgreSQL server cannot be used, and concurrent starts of replicas.</summary>
[OnlyPostgres]
public sealed class PostgresStartTests
{
    private static PostgresServer Server => PostgresServer.OfThisRun;

    [Test]
    public async Task A_wrong_password_is_reported_and_never_printed()
    {
        const string wrong = "a-wrong-password";
        Server.Execute(
            $"""
            DROP ROLE IF EXISTS {PostgresServer.WithPassword};
            CREATE ROLE {PostgresServer.WithPassword} LOGIN PASSWORD 'the-right-one';
            """
        );
        using var folder = new Folder();
        var output = await RunToError(
            folder,
            $"Host=127.0.0.1;Port={Server.Port};Username={PostgresServer.WithPassword};Password={wrong};Database=postgres"
        );
        output.ShouldContain("the password is wrong");
        output.ShouldContain(PostgresServer.WithPassword);
        output.ShouldNotContain(wrong);
    }

    [Test]
    public async Task An_invalid_connection_string_is_not_printed()
    {
        using var folder = new Folder();
        var output = await RunToError(folder, "Host=127.0.0.1;Password=a-secret;Port=many");
        output.ShouldContain("PostgreSQL connection string");
        output.ShouldNotContain("a-secret");
    }

    [Test]
    public async Task A_start_waits_for_a_missing_server_as_long_as_the_setting_says()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using var folder = new Folder();
        var output = await RunToError(
            folder,
            $"Host=127.0.0.1;Port={port};Username=nobody;Database=nothing",
            "--DatabaseWaitSeconds",
            "1"
        );
        output.ShouldContain($"PostgreSQL at 127.0.0.1:{port} could not be reached for 1 seconds");
    }

    [Test]
    public async Task The_message_names_a_missing_database()
    {
        using var folder = new Folder();
        var output = await RunToError(folder, Server.ConnectionString("nowhere"));
        output.ShouldContain("has no database nowhere");
    }

    [Test]
    public async Task A_database_with_another_encoding_is_rejected()
    {
        const string database = "latin";
        Server.Drop(database);
        Server.Execute($"CREATE DATABASE {database} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        using var folder = new Folder();
        var output = await RunToError(folder, Server.ConnectionString(database));
        output.ShouldContain("has the encoding LATIN1");
        output.ShouldContain("UTF8");
    }

    [Test]
    public async Task A_read_only_database_is_rejected()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var (name, setting) = (Databases.NameOf(folder), Databases.Setting(folder));
        Server.Execute($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        (await RunToError(folder, setting)).ShouldContain("does not accept writes");
    }

    [TestCase("ALTER TABLE stance DROP COLUMN note", "missing: stance.note text")]
    [TestCase("ALTER TABLE contact ADD COLUMN shoe_size INTEGER", "unexpected: contact.shoe_size integer")]
    [TestCase("ALTER TABLE resolution ALTER COLUMN title DROP NOT NULL", "missing: resolution.title text not null")]
    [TestCase("DROP TABLE engagement_change", "missing: engagement_change.summary text not null")]
    public async Task A_schema_that_was_changed_by_hand_is_rejected_and_the_change_is_named(string sql, string named)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        Databases.Execute(folder, sql);
        var output = await RunToError(folder, Databases.Setting(folder));
        output.ShouldContain("by hand");
        output.ShouldContain(named);
    }

    [Test]
    public async Task Replicas_that_start_together_on_an_empty_database_migrate_and_load_it_once()
    {
        using var folder = new Folder();
        Databases.MakeEmpty(folder);
        var services = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Service.Start(folder)));
        try
        {
            foreach (var service in services)
            {
                using var client = service.Client(key: null);
                var tally = await client.GetJson("/v1/resolutions/es-10-27/tally");
                tally["version"]!.GetValue<int>().ShouldBe(1);
            }
            await using var connection = Databases.Open(folder);
            (await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version")).ShouldBe(
                MigrationList.Load("Postgres").Select(m => (long)m.Version)
            );
            (
                await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) - COUNT(DISTINCT resolution) FROM change")
            ).ShouldBe(0);
        }
        finally
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }
        }
    }

    [Test]
    public async Task Exports_are_in_the_same_order_whatever_the_collation_of_the_database()
    {
        const string database = "collated";
        Server.Drop(database);
        Server.Execute(
            $"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE'"
        );
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var usual = await Service.Start(folder);
        await using var collated = await Service.Start(
            folder,
            settings: ["--Database", Server.ConnectionString(database)]
        );
        foreach (var table in (string[])["resolutions", "member-states", "roll-calls"])
        {
            var path = $"/v1/export/{table}.csv";
            using var one = usual.Client();
            using var other = collated.Client();
            (await other.GetByteArrayAsync(path)).ShouldBe(await one.GetByteArrayAsync(path));
        }
    }

    private static async Task<string> RunToError(string folder, string database, params string[] settings)
    {
        var (exitCode, output) = await Service.Run(
            folder,
            ["--Database", database, "--Urls", "http://127.0.0.1:0", .. settings]
        );
        exitCode.ShouldBe(2, output);
        return output;
    }
}
