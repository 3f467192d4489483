using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Tests.Database.Sqlite;

/// <summary>Files that are deleted, replaced, truncated or damaged while the service runs.</summary>
[OnlySqlite]
public sealed class StorageFaultsTests
{
    [TestCase("", "-wal", "-shm")]
    [TestCase("")]
    [TestCase("-wal")]
    public async Task After_a_file_was_deleted_no_write_is_acknowledged(params string[] endings)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        await client.RecordStance(id, "ZAF", "yes");
        foreach (var ending in endings)
        {
            File.Delete(app.DatabaseFile + ending);
        }
        await StopsWriting(app, client, id, "was deleted or replaced");
        endings
            .Where(ending => File.Exists(app.DatabaseFile + ending))
            .ShouldBeEmpty("nothing is created in its place");
    }

    [Test]
    public async Task After_the_database_file_was_replaced_no_write_is_acknowledged()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        await client.RecordStance(id, "ZAF", "yes");
        using var other = new App();
        await other.OpenDraft();
        File.Copy(other.DatabaseFile, app.DatabaseFile + ".older");
        File.Move(app.DatabaseFile + ".older", app.DatabaseFile, overwrite: true);
        await StopsWriting(app, client, id, "was deleted or replaced");
    }

    [TestCase(0, 0)]
    [TestCase(null, 0)]
    [TestCase(0, null)]
    [TestCase(null, 50)]
    [TestCase(50, null)]
    public async Task After_a_file_was_truncated_no_write_is_acknowledged(int? percentOfFile, int? percentOfLog)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        await client.RecordStance(id, "ZAF", "yes");
        Cut(app.DatabaseFile, percentOfFile);
        Cut(app.DatabaseFile + "-wal", percentOfLog);
        await StopsWriting(app, client, id, "was truncated|is damaged|disk failed");
    }

    [Test]
    public async Task Ready_reports_a_missing_file_before_any_write()
    {
        using var app = new App();
        using var client = app.Anonymous;
        (await client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
        File.Delete(app.DatabaseFile);
        using var ready = await client.GetAsync("/health/ready");
        (await ready.ShouldBeProblem(503))["detail"]!.GetValue<string>().ShouldContain("was deleted or replaced");
    }

    [Test]
    public async Task Ready_reports_empty_files_before_any_write()
    {
        using var app = new App();
        using var client = app.Anonymous;
        await app.OpenDraft();
        Cut(app.DatabaseFile, 0);
        Cut(app.DatabaseFile + "-wal", 0);
        using var ready = await client.GetAsync("/health/ready");
        await ready.ShouldBeProblem(503);
    }

    [Test]
    public async Task A_damaged_file_is_a_503_for_readers_and_ready_and_stops_writing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        // So that all data is in the file.
        Databases.Execute(app.Folder, "PRAGMA wal_checkpoint(TRUNCATE)");
        using (var file = new FileStream(app.DatabaseFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            var damage = new byte[4_096];
            Array.Fill(damage, (byte)0xA5);
            for (var page = 1; page < file.Length / 4_096; page += 2)
            {
                file.Position = page * 4_096L;
                file.Write(damage);
            }
        }
        using (var ready = await app.Anonymous.GetAsync("/health/ready"))
        {
            (await ready.ShouldBeProblem(503))["detail"]!.GetValue<string>().ShouldContain("damaged");
        }
        foreach (
            var path in (string[])
                ["/v1/changes", "/v1/contacts", "/v1/export/roll-calls.csv", "/v1/resolutions?limit=1000"]
        )
        {
            // A streamed table can find the damage after its first bytes; then its connection is cut.
            using var read = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            ((int)read.StatusCode).ShouldBeOneOf(200, 503);
            if ((int)read.StatusCode == 503)
            {
                (await read.ShouldBeProblem(503))["detail"]!.GetValue<string>().ShouldContain("damaged");
            }
        }
        await StopsWriting(app, client, id, "damaged");
    }

    [Test]
    public async Task A_read_that_finds_damage_stops_writing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        Databases.Execute(app.Folder, "PRAGMA wal_checkpoint(TRUNCATE)");
        using (var beside = Databases.Open(app.Folder))
        {
            var roots = await beside.QueryAsync<long>(
                "SELECT rootpage FROM sqlite_schema WHERE tbl_name LIKE 'engagement%' AND rootpage > 0"
            );
            await using var file = new FileStream(
                app.DatabaseFile,
                FileMode.Open,
                FileAccess.Write,
                FileShare.ReadWrite
            );
            foreach (var root in roots)
            {
                file.Position = (root - 1) * 4_096;
                await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4_096).ToArray());
            }
        }
        using var added = await client.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "A desk",
                office = "mission",
            }
        );
        ((int)added.StatusCode).ShouldBe(201, "this write does not touch the damaged page");
        using var read = await client.GetAsync($"{added.Headers.Location}/engagements");
        (await read.ShouldBeProblem(503))["detail"]!.GetValue<string>().ShouldContain("damaged");
        app.Log.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal));
        await StopsWriting(app, client, id, "damaged");
        (await client.GetJson($"/v1/resolutions/{id}/tally"))["version"]!.GetValue<long>().ShouldBe(1);
    }

    [Test]
    public async Task A_checkpoint_by_another_program_is_not_a_fault()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        await client.RecordStance(id, "ZAF", "yes");
        Databases.Execute(app.Folder, "PRAGMA wal_checkpoint(TRUNCATE)");
        new FileInfo(app.DatabaseFile + "-wal").Length.ShouldBe(0);
        await client.RecordStance(id, "ZAF", "no");
        Databases.Execute(app.Folder, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
        await client.RecordStance(id, "ZAF", "yes");
        (await app.Anonymous.GetAsync("/health/ready")).EnsureSuccessStatusCode();
    }

    private static async Task StopsWriting(App app, HttpClient client, string id, string reason)
    {
        for (var i = 0; i < 3; i++)
        {
            using var write = await client.Put(
                $"/v1/resolutions/{id}/stances/BRA",
                new
                {
                    position = i % 2 == 0 ? "yes" : "no",
                    certainty = "likely",
                    evidence = "call",
                }
            );
            var problem = await write.ShouldBeProblem(503);
            problem["detail"]!.GetValue<string>().ShouldMatch(reason);
            problem["detail"]!.GetValue<string>().ShouldNotContain(app.Folder);
            write.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        }
        using var ready = await app.Anonymous.GetAsync("/health/ready");
        var unready = await ready.ShouldBeProblem(503);
        unready["detail"]!.GetValue<string>().ShouldMatch(reason);
        unready["detail"]!.GetValue<string>().ShouldNotContain(app.Folder);
        ready.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
    }

    private static void Cut(string path, int? percent)
    {
        if (percent is not { } part)
        {
            return;
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(file.Length * part / 100);
    }
}
