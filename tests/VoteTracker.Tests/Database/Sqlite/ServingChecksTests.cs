using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Sqlite;

/// <summary>A start on a database that is read-only, or whose write-ahead log is of another one or of a killed service.</summary>
[OnlySqlite]
public sealed class ServingChecksTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_log_of_another_campaign_ends_the_start_and_changes_nothing(bool isFirstLog)
    {
        using var folder = new Folder();
        using var other = new Folder();
        using (var app = new App(folder: folder))
        {
            var id = await app.OpenDraft();
            await app.Admin.RecordStance(id, "ZAF", "yes");
        }
        if (!isFirstLog)
        {
            // A clean stop empties the log, so the next one has only what is written afterwards.
            await using var first = await Service.Start(other);
            await first.Stop();
        }
        await LeaveLog(other);
        File.Copy(Databases.FileOf(other) + "-wal", Databases.FileOf(folder) + "-wal");
        var before = await File.ReadAllBytesAsync(Databases.FileOf(folder));

        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0"]);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("The log votetracker.db-wal is of another database");
        TestContext.Out.WriteLine(output);
        (await File.ReadAllBytesAsync(Databases.FileOf(folder))).ShouldBe(before);

        // The operator follows the message.
        File.Delete(Databases.FileOf(folder) + "-wal");
        File.Delete(Databases.FileOf(folder) + "-shm");
        using var again = new App(folder: folder);
        (await again.Admin.GetJson("/v1/resolutions/es-10-l-34/tally"))["yes"]!.GetValue<int>().ShouldBe(1);
    }

    [Test]
    public async Task A_database_that_is_read_only_ends_the_start_with_a_sentence()
    {
        using var folder = new Folder();
        using (var app = new App(folder: folder))
        {
            await app.OpenDraft();
        }
        var (exitCode, output) = await Service.Run(
            folder,
            ["--Urls", "http://127.0.0.1:0", "--Database", "Data Source=votetracker.db;Mode=ReadOnly"]
        );
        exitCode.ShouldBe(2, output);
        output.Trim().ShouldStartWith("The file votetracker.db is read-only.");
        output.Trim().Split('\n').Length.ShouldBe(1, output);
    }

    [Test]
    public async Task The_log_of_a_killed_service_is_used()
    {
        using var folder = new Folder();
        await LeaveLog(folder);
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        (await client.GetJson("/v1/resolutions/es-10-l-1/tally"))["yes"]!.GetValue<int>().ShouldBe(193);
    }

    // A service is killed after some hundred writes, so that its log has pages of many tables.
    private static async Task LeaveLog(string folder)
    {
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        await client.OpenDraft(symbol: "A/ES-10/L.1");
        foreach (
            var state in (await client.GetItems("/v1/member-states?limit=1000")).Where(s => s.Text("kind") == "member")
        )
        {
            await client.RecordStance("es-10-l-1", state.Text("iso3")!, "yes");
        }
        await service.Kill();
        new FileInfo(Databases.FileOf(folder) + "-wal").Length.ShouldBeGreaterThan(100_000);
    }
}
