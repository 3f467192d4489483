using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Features.Imports;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Security;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>A running import can be cancelled, and a small file that expands to a huge one is rejected early.</summary>
[EveryEngine]
public sealed class CancelImportTests
{
    private static readonly Caller Importer = new(KeyRole.Coordinator, "coordinator", null);

    [Test]
    public async Task A_running_import_is_cancelled_and_the_next_can_begin()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        // The body is endless, so the import cannot end by itself.
        using var file = new EndlessFile(new VotingFile().Text);
        var imports = app.Services.GetRequiredService<RunningImports>();
        (await imports.TryAcquire()).ShouldBeTrue();
        var id = (await imports.Begin(new HashingStream(file), strict: false, Importer)).Id;
        (await coordinator.GetJson($"/v1/imports/{id}")).Text("status").ShouldBe("running");
        await file.IsRead;
        using var answer = await coordinator.DeleteAsync($"/v1/imports/{id}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var import = await answer.Json();
        (import.Text("status"), import.Text("endedAt")).ShouldBe(("cancelled", "2026-11-21T15:00:00Z"));
        import.Field("progress").ShouldBeNull();
        import.Field("report").ShouldBeNull();
        DatabaseRows.Read(app).ShouldBe(before);
        using var again = await coordinator.DeleteAsync($"/v1/imports/{id}");
        (await again.Json()).ToJsonString().ShouldBe(import.ToJsonString());
        (await coordinator.Import(new VotingFile().Bytes)).Text("status").ShouldBe("done");
    }

    [Test]
    public async Task An_import_that_another_replica_cancelled_commits_nothing()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        using var file = new EndlessFile(new VotingFile().Text);
        var imports = app.Services.GetRequiredService<RunningImports>();
        (await imports.TryAcquire()).ShouldBeTrue();
        var id = (await imports.Begin(new HashingStream(file), strict: false, Importer)).Id;
        await file.IsRead;
        Databases.Execute(app.Folder, $"UPDATE import SET status = 'cancelled' WHERE id = '{id}'");
        file.End();
        await ImportHelp.Until(
            async () => (await coordinator.GetJson($"/v1/imports/{id}")).Text("status") == "cancelled",
            "the import ends"
        );
        DatabaseRows.Read(app).ShouldBe(before);
    }

    [AnyEngine]
    [Test]
    public async Task An_import_that_has_ended_cannot_be_cancelled()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = (await coordinator.Import(new VotingFile().Only("A/RES/78/7").Bytes)).Text("id");
        using var answer = await coordinator.DeleteAsync($"/v1/imports/{id}");
        (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/import-ended");
        (await coordinator.GetJson($"/v1/imports/{id}")).Text("status").ShouldBe("done");
        using var nothing = await coordinator.DeleteAsync("/v1/imports/nothing");
        await nothing.ShouldBeProblem(404);
        using var viewer = await app.Viewer.DeleteAsync($"/v1/imports/{id}");
        await viewer.ShouldBeProblem(403);
    }

    [AnyEngine]
    [TestCase("x\n")]
    [TestCase("\n")]
    [TestCase(",,,,,,,,,,,,,,,,,,,\r\n")]
    [TestCase("\"x\"y\n")]
    [TestCase("1,NOR,NORWAY,Y\n")]
    public async Task A_small_file_that_expands_to_millions_of_lines_is_rejected_early(string line)
    {
        const int lines = 3_000_000;
        using var app = new App();
        var header = new VotingFile().Lines[0] + "\n";
        var import = await app.Coordinator.Import(Packed(header, line, lines));
        import.Text("status").ShouldBe("failed");
        var report = import["report"]!;
        report.Text("summary")!.ShouldContain("lines have no usable vote");
        report.Int("lines").ShouldBeLessThan(lines / 10);
    }

    [AnyEngine]
    [Test]
    public async Task As_many_lines_without_a_vote_as_with_one_are_read()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Lines.AddRange(Enumerable.Repeat("", ImportLimits.LinesWithoutVote));
        (await app.Coordinator.Import(file.Packed)).Text("status").ShouldBe("done");
    }

    private static byte[] Packed(string header, string line, int lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(header));
            var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 1_000)));
            for (var i = 0; i < lines / 1_000; i++)
            {
                gzip.Write(many);
            }
        }
        return packed.ToArray();
    }

    /// <summary>A file whose lines begin again and again, until it is ended.</summary>
    private sealed class EndlessFile(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _ended = new();

        public Task IsRead => _isRead.Task;

        public void End() => _ended.Set();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            if (read > 0 || _ended.IsSet)
            {
                return read;
            }
            _isRead.TrySetResult();
            // Blank lines, one at a time.
            Thread.Sleep(1);
            buffer[offset] = (byte)'\n';
            return 1;
        }

        public override int Read(Span<byte> buffer)
        {
            var bytes = new byte[buffer.Length];
            var read = Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, read).CopyTo(buffer);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _ended.Set();
            base.Dispose(disposing);
        }
    }
}
