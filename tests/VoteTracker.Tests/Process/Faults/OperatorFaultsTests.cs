using System.Diagnostics;
using Npgsql;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Process.Faults;

/// <summary>A disk that fills up, and a kill during a migration: a clear state, no lost write, and a start afterwards.</summary>
public sealed class OperatorFaultsTests
{
    private const int Megabytes = 8;

    [OnlySqlite]
    [Test]
    public async Task On_a_full_disk_ready_says_so_and_a_restart_has_every_acknowledged_write()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var acknowledged = 0L;
        string draft;
        await using (var service = await Service.Start(OnSmallDisk(folder)))
        {
            using var client = service.Client();
            draft = await client.OpenDraft();
            while (true)
            {
                using var answer = await client.Put(
                    $"/v1/resolutions/{draft}/stances/NOR",
                    new
                    {
                        position = acknowledged % 2 == 0 ? "yes" : "no",
                        certainty = "likely",
                        evidence = "call",
                        note = new string('n', 1_000),
                    }
                );
                if (!answer.IsSuccessStatusCode)
                {
                    await answer.ShouldBeProblem(503);
                    break;
                }
                acknowledged++;
                acknowledged.ShouldBeLessThan(20_000, "the disk fills up");
            }
            using var ready = await client.GetAsync("/health/ready");
            (await ready.ShouldBeProblem(503)).Text("detail")!.ShouldContain("The disk failed during a write");
            // What is known is still served.
            (await client.GetJson($"/v1/resolutions/{draft}/tally"))
                .Version()
                .ShouldBe(1 + acknowledged);
            service.Output.ShouldContain("The disk failed during a write");
        }
        acknowledged.ShouldBeGreaterThan(100);
        await using var again = await Service.Start(folder);
        using var reader = again.Client();
        (await reader.GetJson($"/v1/resolutions/{draft}/tally")).Version().ShouldBe(1 + acknowledged);
        (await reader.GetJson("/health/ready")).Text("status").ShouldBe("ready");
        await reader.RecordStance(draft, "NOR", "abstain");
    }

    [OnlyPostgres]
    [Test]
    public async Task A_kill_in_the_middle_of_the_migrations_leaves_nothing_of_them()
    {
        using var folder = new Folder();
        Databases.MakeEmpty(folder);
        try
        {
            await using (var other = new NpgsqlConnection(Databases.Setting(folder) + ";Pooling=False"))
            {
                await other.OpenAsync();
                await using var transaction = await other.BeginTransactionAsync();
                // A later migration creates a table of this name, and waits until this transaction ends.
                await Execute(other, "CREATE TABLE webhook (id INTEGER)");
                using var migrate = Start(folder);
                await using var watcher = new NpgsqlConnection(Databases.Setting(folder) + ";Pooling=False");
                await watcher.OpenAsync();
                while (await Execute(watcher, "SELECT COUNT(*) FROM pg_locks WHERE NOT granted") is 0L)
                {
                    migrate.HasExited.ShouldBeFalse();
                    await Task.Delay(10);
                }
                migrate.Kill();
                await migrate.WaitForExitAsync();
                await transaction.RollbackAsync();
                while (
                    await Execute(watcher, "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = CURRENT_DATABASE()")
                        is > 2L
                )
                {
                    await Task.Delay(10);
                }
                (await Execute(watcher, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'")).ShouldBe(0L);
            }
            await using var service = await Service.Start(folder);
            using var client = service.Client();
            await client.OpenDraft();
        }
        finally
        {
            Databases.Drop(folder);
        }
    }

    private static System.Diagnostics.Process Start(string folder) =>
        System.Diagnostics.Process.Start(
            new ProcessStartInfo("dotnet", [Service.Program, "migrate", "--Database", Databases.Setting(folder)])
            {
                WorkingDirectory = folder,
            }
        )!;

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Written in the test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    // Files larger than this limit fail to grow, as on a full disk.
    private static ProcessStartInfo OnSmallDisk(string folder)
    {
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f {Megabytes * 1024}; exec dotnet \"$@\"",
                "bash",
                Service.Program,
                "--Urls",
                "http://127.0.0.1:0",
            ]
        )
        {
            WorkingDirectory = folder,
        };
        start.Environment["VOTETRACKER_ADMINKEY"] = App.AdminKey;
        // Otherwise .NET writes its code to a file, which would be too large.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return start;
    }
}
