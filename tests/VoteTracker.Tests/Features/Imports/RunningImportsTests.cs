using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Features.Imports;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>One import at a time, within its limits, whole or not at all.</summary>
[EveryEngine]
public sealed class RunningImportsTests
{
    [Test]
    public async Task An_import_while_another_has_its_turn_is_a_409()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        // An import runs from the first byte of its file until all of it is imported.
        var imports = app.Services.GetRequiredService<RunningImports>();
        (await imports.TryAcquire()).ShouldBeTrue();
        using var refused = await coordinator.SendFile(new VotingFile().Bytes);
        (await refused.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/import-running");
        await imports.Release();
        (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");
        // The ended import has released its turn.
        (await coordinator.Import(new VotingFile().Bytes))
            .Text("status")
            .ShouldBe("done");
    }

    [Test]
    public async Task A_client_that_sees_the_end_of_an_import_can_send_the_next()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var file = new VotingFile().Only("A/RES/78/7").Bytes;
        for (var round = 0; round < 30; round++)
        {
            using var sent = await coordinator.SendFile(file);
            sent.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            var id = (await sent.Json()).Text("id");
            // Without a pause, to find a gap between the commit and the release of the turn.
            await ImportHelp.Until(
                async () => (await coordinator.GetJson($"/v1/imports/{id}")).Text("status") == "done",
                "the import ends",
                TimeSpan.Zero
            );
        }
    }

    // Reads the received part of the file in the folder of the database.
    [OnlySqlite]
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_client_that_disconnects_during_an_upload_leaves_nothing_and_releases_its_turn(bool isReset)
    {
        using var app = new App();
        app.Listen();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        var address = new Uri(
            app.Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.Single()
        );
        // With a socket, because a client of .NET may buffer a body before it sends it.
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(address.Host, address.Port);
            var file = new VotingFile().Bytes;
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST /v1/imports/roll-calls HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: text/csv\r\nContent-Length: {file.Length}\r\nAuthorization: {coordinator.DefaultRequestHeaders.Authorization}\r\n\r\n"
                    )
                );
            await client.GetStream().WriteAsync(file.AsMemory(0, file.Length / 2));
            // Checked without another import, which would take the turn of this one.
            await ImportHelp.Until(() => Task.FromResult(IsReceiving(app)), "the file is on its way");
            if (isReset)
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        // The service notices the closed connection a moment later.
        await ImportHelp.Until(() => Answers(HttpStatusCode.BadRequest), "the turn is given back");
        DatabaseRows.Read(app).ShouldBe(before);
        Directory.GetFiles(app.Folder, "*.unfinished").ShouldBeEmpty();
        (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");

        async Task<bool> Answers(HttpStatusCode status)
        {
            using var another = await coordinator.SendFile(Encoding.UTF8.GetBytes("no table"));
            another.StatusCode.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.BadRequest);
            return another.StatusCode == status;
        }
    }

    // The file of a received import has no name, but this process has it open.
    private static bool IsReceiving(App app) =>
        new DirectoryInfo("/proc/self/fd")
            .EnumerateFiles()
            .Any(file =>
                file.LinkTarget?.StartsWith($"{app.Folder}/votetracker-import-", StringComparison.Ordinal) == true
            );

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_file_over_the_limit_is_a_413_and_may_be_larger_than_other_bodies(bool chunked)
    {
        var file = new VotingFile();
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["MaxBodyBytes"] = "2000",
                ["MaxImportBytes"] = $"{file.Bytes.Length}",
            }
        );
        app.Listen();
        using var coordinator = app.Coordinator;
        using var within = await Send(file.Bytes);
        within.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await coordinator.Ended((await within.Json()).Text("id")!)).Text("status").ShouldBe("done");
        file.Lines.Add("one line more");
        using var over = await Send(file.Bytes);
        (await over.ShouldBeProblem(413)).Text("detail")!.ShouldContain($"{new VotingFile().Bytes.Length} bytes");
        // The file is small until it is decompressed.
        var packed = await coordinator.Import(file.Packed);
        packed.Text("status").ShouldBe("failed");
        packed["report"]!.Text("summary")!.ShouldContain("bytes when decompressed");

        Task<HttpResponseMessage> Send(byte[] bytes)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/imports/roll-calls")
            {
                Content = new ByteArrayContent(bytes),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            request.Headers.TransferEncodingChunked = chunked;
            return coordinator.SendAsync(request);
        }
    }

    [TestCase("Failed to connect to 127.0.0.1:5432", "Failed to connect to (address)")]
    [TestCase("Failed to connect to [::1]:5432", "Failed to connect to (address)")]
    [TestCase("Could not reach db.internal.example:6432 in time", "Could not reach (address) in time")]
    [TestCase("SQLite Error 13: 'database or disk is full'.", "SQLite Error 13: 'database or disk is full'.")]
    public void The_log_has_the_message_of_the_engine_without_addresses(string message, string logged) =>
        RunImport.WithoutAddresses(message).ShouldBe(logged);

    [OnlySqlite]
    [Test]
    public async Task A_full_disk_is_reported_and_changes_nothing()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        var db = app.Services.GetRequiredService<Db>();
        await Pages("(SELECT page_count FROM pragma_page_count)");
        var import = await coordinator.Import(new VotingFile().Bytes);
        import.Text("status").ShouldBe("failed");
        import["report"]!.Text("summary")!.ShouldStartWith("Nothing was changed. The database could not write it");
        // The engine's own message can have the server's address, so only the log has it.
        import["report"]!.Text("summary")!.ShouldNotContain("SQLite");
        app.Log.ShouldContain(line => line.Contains("database or disk is full", StringComparison.Ordinal));
        DatabaseRows.Read(app).ShouldBe(before);
        await Pages("1000000");
        (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");

        async Task Pages(string most)
        {
            var count = await db.Read(c => c.ExecuteScalarAsync<long>($"SELECT {most}"));
            await db.Write(w => w.Connection.ExecuteAsync($"PRAGMA max_page_count = {count}"));
        }
    }

    [Test]
    public async Task An_import_that_ran_when_the_process_ended_was_interrupted()
    {
        using var folder = new Process.Folder();
        using (var app = new App(folder: folder))
        {
            app.CreateClient().Dispose();
        }
        Databases.Execute(
            folder,
            """
            INSERT INTO import (id, strict, status, begun_at, begun_by, bytes)
            VALUES ('abc', FALSE, 'running', '2026-11-20T15:00:00.000000Z', 'coordinator', 7)
            """
        );
        using var again = new App(folder: folder);
        var import = await again.Coordinator.GetJson("/v1/imports/abc");
        (import.Text("status"), import.Text("endedAt")).ShouldBe(("interrupted", "2026-11-21T15:00:00Z"));
        import.Field("report").ShouldBeNull();
        (await again.Coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");
    }

    [Test]
    public async Task An_import_by_another_process_is_counted_and_listeners_are_notified()
    {
        using var app = new App(hasOtherWriters: true);
        using var coordinator = app.Coordinator;
        await coordinator.Imported(new VotingFile());
        (await app.Anonymous.GetJson("/v1/resolutions/78-21/tally")).Int("yes").ShouldBe(127);
        // Like the command line while a service runs: through its own connection.
        Databases.Execute(
            app.Folder,
            $"""
            BEGIN TRANSACTION;
            UPDATE resolution SET version = 2, changed_at = '2026-11-21T15:00:00.000000Z' WHERE id = '78-21';
            INSERT INTO change (at, by, kind, resolution, version) VALUES ('2026-11-21T15:00:00.000000Z', 'import', 'roll-call', '78-21', 2);
            INSERT INTO roll_call (resolution, version, recorded_on, has_names, names, members, changed_at, changed_by)
            VALUES ('78-21', 2, '2023-12-04', TRUE, 'NORy ', 1, '2026-11-21T15:00:00.000000Z', 'import');
            {(Databases.ArePostgres ? "SELECT pg_notify('votetracker_changed', 'another 78-21');" : "")}
            COMMIT;
            """
        );
        await ImportHelp.Until(
            async () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await app.Anonymous.GetJson("/v1/resolutions/78-21/tally")).Int("version") == 2;
            },
            "the tally is counted anew"
        );
        (await app.Anonymous.GetJson("/v1/resolutions/78-21/tally")).Int("yes").ShouldBe(1);
    }

    [Test]
    public async Task An_import_that_does_not_exist_is_a_404()
    {
        using var app = new App();
        using var answer = await app.Coordinator.GetAsync("/v1/imports/nothing");
        await answer.ShouldBeProblem(404);
    }
}
