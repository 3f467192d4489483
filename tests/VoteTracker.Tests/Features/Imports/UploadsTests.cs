using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Features.Imports;
using VoteTracker.Tests.Endpoints.Bodies;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>A slow upload ends, and holds nothing up while it lasts.</summary>
public sealed class UploadsTests
{
    [TestCase("")]
    [TestCase("Content-Encoding: gzip\r\n")]
    public async Task An_upload_below_the_minimum_rate_is_a_408(string header)
    {
        using var app = new App();
        var address = app.Listen();
        using var coordinator = app.Coordinator;
        var file = new VotingFile();
        using var upload = await Slow.Begin(address, coordinator, header == "" ? file.Bytes : file.Packed, header);
        var answer = upload.Answer();
        // The time limit begins when the service begins to receive. The clock advances until it has passed.
        await ImportHelp.Until(
            () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(11));
                return Task.FromResult(answer.IsCompleted);
            },
            "the upload ends"
        );
        (await answer).ShouldStartWith("HTTP/1.1 408 ");
        (await answer).ShouldContain("/problems/too-slow");
        app.Log.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldBeEmpty();
        Directory.GetFiles(app.Folder, "*.unfinished").ShouldBeEmpty();
        (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");
    }

    [Test]
    public async Task An_upload_with_no_minimum_rate_goes_on()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["MinUploadBytesPerSecond"] = "0" }
        );
        var address = app.Listen();
        using var coordinator = app.Coordinator;
        using var upload = await Slow.Begin(address, coordinator, new VotingFile().Bytes);
        var answer = upload.Answer();
        for (var i = 0; i < 20; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await upload.Finish();
        (await answer).ShouldStartWith("HTTP/1.1 202 ");
    }

    [Test]
    public async Task A_file_is_imported_while_others_are_still_arriving()
    {
        using var app = new App();
        var address = app.Listen();
        using var coordinator = app.Coordinator;
        var uploads = new List<Slow>();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                uploads.Add(await Slow.Begin(address, coordinator, new VotingFile().Bytes));
            }
            (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");
            var answer = uploads[0].Answer();
            await uploads[0].Finish();
            (await answer).ShouldStartWith("HTTP/1.1 202 ");
        }
        finally
        {
            uploads.ForEach(upload => upload.Dispose());
        }
    }

    [Test]
    public async Task A_file_that_arrives_while_another_is_imported_is_a_409()
    {
        using var app = new App();
        var address = app.Listen();
        using var coordinator = app.Coordinator;
        using var upload = await Slow.Begin(address, coordinator, new VotingFile().Bytes);
        var answer = upload.Answer();
        var imports = app.Services.GetRequiredService<RunningImports>();
        (await imports.TryAcquire()).ShouldBeTrue();
        await upload.Finish();
        (await answer).ShouldStartWith("HTTP/1.1 409 ");
        await imports.Release();
        (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");
    }

    /// <summary>A client that has sent half of a file.</summary>
    private sealed class Slow : IDisposable
    {
        private readonly TcpClient _client = new();
        private byte[] _rest = [];

        public static async Task<Slow> Begin(
            IPEndPoint address,
            HttpClient coordinator,
            byte[] file,
            string header = ""
        )
        {
            var slow = new Slow { _rest = file[(file.Length / 2)..] };
            await slow._client.ConnectAsync(address);
            await slow
                ._client.GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST /v1/imports/roll-calls HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: text/csv\r\n{header}Expect: 100-continue\r\nContent-Length: {file.Length}\r\nAuthorization: {coordinator.DefaultRequestHeaders.Authorization}\r\n\r\n"
                    )
                );
            // The server sends this response when the service reads the body.
            const string proceed = "HTTP/1.1 100 Continue\r\n\r\n";
            var answer = new byte[proceed.Length];
            await slow._client.GetStream().ReadExactlyAsync(answer);
            Encoding.ASCII.GetString(answer).ShouldBe(proceed);
            await slow._client.GetStream().WriteAsync(file.AsMemory(0, file.Length / 2));
            return slow;
        }

        public Task Finish() => _client.GetStream().WriteAsync(_rest).AsTask();

        /// <summary>All that the service sends until it closes or resets the connection.</summary>
        public Task<string> Answer() => _client.ReadToEnd();

        public void Dispose() => _client.Dispose();
    }
}
