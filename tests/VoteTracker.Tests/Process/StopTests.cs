using System.Net;
using System.Net.Sockets;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Process;

/// <summary>A service that stops finishes the accepted requests, and sends listeners the time to reconnect.</summary>
[EveryEngine]
public sealed class StopTests
{
    private const string Draft = "es-10-l-1";
    private const int Queue = 20;

    [OnlySqlite]
    [Test]
    public async Task Requests_that_wait_for_the_disk_are_written_and_answered_before_it_ends()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(
            folder,
            settings: ["--WriteQueue", $"{Queue}", "--StopSeconds", "60"]
        );
        var writers = new Writers(1, Draft);
        await writers.Open(service);
        using var client = service.Client();
        using var listener = await Listener.Open(client, Draft);
        using var all = await Listener.OpenAll(client);
        await listener.Next();
        await all.Next();
        var members = (await client.GetJson("/v1/member-states"))["items"]!.AsArray().Take(Queue + 10).ToList();

        using var disk = new SqliteConnection($"Data Source={folder}/votetracker.db;Pooling=False");
        await disk.OpenAsync();
        // Another connection has the write lock: the writer waits for it, and requests wait for the writer.
        await disk.ExecuteAsync("BEGIN IMMEDIATE");
        var answers = members
            .Select(m =>
                client.Put(
                    $"/v1/resolutions/{Draft}/stances/{m!["iso3"]}",
                    new
                    {
                        position = "yes",
                        certainty = "likely",
                        evidence = "call",
                    }
                )
            )
            .ToList();
        // The requests over the limit of the queue are rejected, and all others wait.
        for (var rejected = 0; rejected < members.Count - Queue; rejected++)
        {
            var first = await Task.WhenAny(answers).WaitAsync(Hang.Limit);
            answers.Remove(first).ShouldBeTrue();
            await (await first).ShouldBeProblem(503);
        }
        var stopping = service.Stop();
        (await listener.NextOrEnd()).ShouldBeNull("the stream ends with the time to reconnect");
        (await all.NextOrEnd()).ShouldBeNull("so does the stream of all tallies");
        answers.ShouldAllBe(a => !a.IsCompleted);
        await disk.ExecuteAsync("ROLLBACK");
        foreach (var answer in answers)
        {
            (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        await disk.CloseAsync();
        (await stopping).ShouldBe(0);
        var ledger = Ledger.Read(folder, Draft);
        (ledger.Version, ledger.Entries.Count, ledger.Standing.Yes).ShouldBe((1 + Queue, Queue, Queue));
        ledger.Halves.ShouldBeEmpty();
    }

    [AnyEngine]
    [Test]
    public async Task It_does_not_wait_for_listeners_that_read_nothing()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        // Nothing else would end their connections before ten minutes have passed.
        await using var service = await Service.Start(folder, settings: ["--StopSeconds", "600"]);
        await new Writers(1, Draft).Open(service);
        using var client = service.Client();
        string[] paths = [$"/v1/resolutions/{Draft}/tally/stream", "/v1/stream"];
        var stalled = await Task.WhenAll(paths.Select(path => StalledListener.Open(service.Address, path)));
        try
        {
            // More than all buffers can hold.
            for (var i = 0; i < 800; i++)
            {
                await client.RecordStance(Draft, "ZAF", i % 2 == 0 ? "yes" : "no");
            }
            using var listener = await Listener.Open(client, Draft);
            await listener.Next();
            var stopping = service.Stop();
            (await listener.NextOrEnd()).ShouldBeNull("the stream ends with the time to reconnect");
            (await stopping).ShouldBe(0);
        }
        finally
        {
            Array.ForEach(stalled, listener => listener.Dispose());
        }
    }

    [AnyEngine]
    [Test]
    public async Task It_does_not_wait_for_bodies_that_are_still_arriving()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        // Nothing else would end the requests before ten minutes have passed.
        await using var service = await Service.Start(folder, settings: ["--StopSeconds", "600"]);
        await new Writers(1, Draft).Open(service);
        string[] requests =
        [
            "POST /v1/imports/roll-calls HTTP/1.1\r\nContent-Type: text/csv",
            $"PUT /v1/resolutions/{Draft}/stances/ZAF HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: *",
            $"POST /v1/resolutions/{Draft}/stances/import HTTP/1.1\r\nContent-Type: text/csv",
        ];
        using var stopped = new CancellationTokenSource();
        var uploads = requests.Select(request => Upload(service, request, stopped.Token)).ToList();
        foreach (var (begun, _) in uploads)
        {
            await begun;
        }
        (await service.Stop()).ShouldBe(0);
        await stopped.CancelAsync();
        foreach (var (_, ended) in uploads)
        {
            (await ended).ShouldStartWith("HTTP/1.1 503 ");
        }
    }

    // Sends a body at the lowest accepted rate until the service responds. It has begun when the service has read a part
    // of it.
    private static (Task Begun, Task<string> Ended) Upload(Service service, string request, CancellationToken stopped)
    {
        var begun = new TaskCompletionSource();
        return (begun.Task, Send());

        async Task<string> Send()
        {
            using var client = new TcpClient();
            await client.ConnectAsync(service.Address.Host, service.Address.Port, CancellationToken.None);
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"{request}\r\nHost: {service.Address.Authority}\r\nAuthorization: Bearer {App.AdminKey}\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n"
                ),
                CancellationToken.None
            );
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            // The server writes it when the service reads the body.
            (await reader.ReadLineAsync(CancellationToken.None)).ShouldBe("HTTP/1.1 100 Continue");
            (await reader.ReadLineAsync(CancellationToken.None)).ShouldBe("");
            var answer = reader.ReadLineAsync(CancellationToken.None).AsTask();
            begun.SetResult();
            var piece = Encoding.ASCII.GetBytes(new string('x', 1_000));
            try
            {
                while (!answer.IsCompleted && !stopped.IsCancellationRequested)
                {
                    await stream.WriteAsync(piece, CancellationToken.None);
                    await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None));
                }
            }
            catch (IOException)
            {
                // The service has sent its response and closed the connection.
            }
            return await answer ?? "";
        }
    }

    [Test]
    public async Task A_service_that_stops_under_load_responds_to_every_write()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var writers = new Writers(32, Draft);
        await using (var service = await Service.Start(folder))
        {
            await writers.Open(service);
            using var client = service.Client();
            using var listener = await Listener.Open(client, Draft);
            var listening = Task.Run(async () =>
            {
                while (await listener.NextOrEnd() is not null) { }
            });
            var writing = writers.Run(service, CancellationToken.None);
            using var limit = new CancellationTokenSource(Hang.Limit);
            while (writers.Answered.Count < 500)
            {
                await Task.Delay(10, limit.Token);
            }
            (await service.Stop()).ShouldBe(0);
            await writing;
            await listening;
        }
        File.Exists(Databases.FileOf(folder) + "-wal").ShouldBeFalse("the log is folded into the file");
        var ledger = Ledger.Read(folder, Draft);
        var answered = writers.Answered.Select(w => w.Version).ToHashSet();
        ledger
            .Entries.Where(e => !answered.Contains(e.Version))
            .Select(e => $"version {e.Version} of {e.MemberState} is there and was not answered")
            .ShouldBeEmpty();
        await using var again = await Service.Start(folder);
        (await Survey.WhatIsWrong(again, folder, Draft, writers)).ShouldBeEmpty();
    }
}
