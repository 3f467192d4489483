using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Process;

/// <summary>`VoteTracker import roll-calls`, as it is typed.</summary>
[EveryEngine]
public sealed class ImportCommandTests
{
    [AnyEngine]
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_file_is_imported_into_a_new_database_and_a_second_time_nothing_is_changed(bool packed)
    {
        using var folder = new Folder();
        var file = new VotingFile();
        await File.WriteAllBytesAsync(Path.Combine(folder, "votes"), packed ? file.Packed : file.Bytes);
        var (exitCode, output) = await Service.Run(folder, ["import", "roll-calls", "votes"]);
        exitCode.ShouldBe(0, output);
        output.ShouldContain("958 lines: 5 resolutions, 957 votes.");
        output.ShouldContain("Added: 3 resolutions; updated: 2");
        var (again, said) = await Service.Run(folder, ["import", "roll-calls", "votes", "--strict"]);
        again.ShouldBe(0, said);
        said.ShouldContain("Nothing was changed");

        await using var service = await Service.Start(folder);
        using var client = service.Client();
        (await client.GetJson("/v1/resolutions/78-21/tally")).Int("no").ShouldBe(51);
    }

    [AnyEngine]
    [Test]
    public async Task Errors_are_printed_with_their_lines_and_strict_sets_the_exit_code()
    {
        using var folder = new Folder();
        var file = new VotingFile();
        var line = file.Vote("A/RES/78/6", "NOR", "?");
        await File.WriteAllBytesAsync(Path.Combine(folder, "votes.csv"), file.Bytes);
        var (strict, refused) = await Service.Run(folder, ["import", "roll-calls", "--strict", "votes.csv"]);
        strict.ShouldBe(1, refused);
        refused.ShouldContain("Nothing was changed. The import is strict");
        refused.ShouldContain($"line {line} (78-6): ms_vote '?' must be Y, N, A, X or empty");
        var (exitCode, output) = await Service.Run(folder, ["import", "roll-calls", "votes.csv"]);
        exitCode.ShouldBe(0, output);
        output.ShouldContain("unknown-vote: 1");
        output.ShouldContain("totals-differ: 1");
    }

    [AnyEngine]
    [Test]
    public async Task A_missing_file_or_one_of_another_kind_is_reported_in_a_sentence()
    {
        using var folder = new Folder();
        var (missing, said) = await Service.Run(folder, ["import", "roll-calls", "nothing.csv"]);
        missing.ShouldBe(2, said);
        said.ShouldContain("The file cannot be read");
        await File.WriteAllTextAsync(Path.Combine(folder, "empty.csv"), "");
        var (empty, why) = await Service.Run(folder, ["import", "roll-calls", "empty.csv"]);
        empty.ShouldBe(1, why);
        why.ShouldContain("Nothing was changed. The file is empty.");
    }

    [Test]
    public async Task An_import_while_a_service_runs_is_visible_there_and_the_service_continues_to_write()
    {
        using var folder = new Folder();
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        await File.WriteAllBytesAsync(Path.Combine(folder, "votes.csv"), new VotingFile().Bytes);
        var (exitCode, output) = await Service.Run(folder, ["import", "roll-calls", "votes.csv"]);
        exitCode.ShouldBe(0, output);
        (await client.GetJson("/v1/resolutions/78-6/tally")).Int("yes").ShouldBe(115);
        using var opened = await client.Send(
            HttpMethod.Post,
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.1",
                title = "A draft",
                session = "es-10",
                kind = "draft",
                baseline = "78-21",
            }
        );
        opened.EnsureSuccessStatusCode();
        await client.RecordStance("es-10-l-1", "ZAF", "yes");
    }

    [AnyEngine]
    [Test]
    public async Task Ctrl_C_leaves_nothing_behind()
    {
        using var folder = new Folder();
        WriteLargeFile(Path.Combine(folder, "votes.csv"), 800);
        var start = new ProcessStartInfo("dotnet", [Service.Program, "import", "roll-calls", "votes.csv"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var import = System.Diagnostics.Process.Start(start)!;
        // A line of progress shows that it has begun to read.
        (await import.StandardError.ReadLineAsync().WaitAsync(Hang.Limit))!.ShouldContain("read");
        using var interrupt = System.Diagnostics.Process.Start("kill", ["-INT", $"{import.Id}"]);
        await interrupt.WaitForExitAsync().WaitAsync(Hang.Limit);
        var output = await import.StandardOutput.ReadToEndAsync().WaitAsync(Hang.Limit);
        await import.WaitForExitAsync().WaitAsync(Hang.Limit);
        output += await import.StandardError.ReadToEndAsync().WaitAsync(Hang.Limit);
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        var texts = (await client.GetPages("/v1/resolutions?limit=1000", 1_000)).Count;
        // On a fast machine the import may have ended before the signal.
        if (import.ExitCode == 0)
        {
            texts.ShouldBe(43 + 800, output);
        }
        else
        {
            output.ShouldContain("Nothing was changed: the import was stopped.");
            texts.ShouldBe(43);
        }
    }

    [OnlySqlite]
    [Test]
    public async Task A_file_that_the_disk_has_no_room_for_is_a_503_and_changes_nothing()
    {
        using var folder = new Folder();
        WriteLargeFile(Path.Combine(folder, "votes.csv"), 300);
        await using var service = await Service.Start(OnSmallDisk(folder, 8, ["--Urls", "http://127.0.0.1:0"]));
        using var client = service.Client();
        for (var round = 0; round < 2; round++)
        {
            using var content = new StreamContent(File.OpenRead(Path.Combine(folder, "votes.csv")));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/imports/roll-calls") { Content = content };
            using var answer = await client.SendAsync(request).WaitAsync(Hang.Limit);
            var problem = await answer.ShouldBeProblem(503);
            problem
                .Text("detail")!
                .ShouldBe(
                    "The file could not be stored, and nothing was changed: the disk of the service is full, or its folder is not writable."
                );
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }
        Directory.GetFiles(folder, "*.unfinished").ShouldBeEmpty();
        (await client.GetPages("/v1/resolutions?limit=1000", 1_000)).Count.ShouldBe(43);
        using var small = await client.SendFile(new VotingFile().Bytes);
        ((int)small.StatusCode).ShouldBe(202);
    }

    [OnlySqlite]
    [Test]
    public async Task A_disk_that_fills_up_during_an_import_is_reported_in_a_line_and_nothing_changes()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        WriteLargeFile(Path.Combine(folder, "votes.csv"), 1_000);
        var start = OnSmallDisk(folder, 1, ["import", "roll-calls", "votes.csv"]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var import = System.Diagnostics.Process.Start(start)!;
        var errors = import.StandardError.ReadToEndAsync();
        var output = await import.StandardOutput.ReadToEndAsync().WaitAsync(Hang.Limit);
        await import.WaitForExitAsync().WaitAsync(Hang.Limit);
        import.ExitCode.ShouldBe(1, output);
        output.ShouldContain("Nothing was changed. The database could not write it. ");
        (output + await errors.WaitAsync(Hang.Limit)).ShouldNotContain("   at ");
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        (await client.GetPages("/v1/resolutions?limit=1000", 1_000)).Count.ShouldBe(43);
    }

    [Test]
    public async Task A_kill_in_the_middle_leaves_all_of_it_or_nothing()
    {
        const int texts = 120;
        using var folder = new Folder();
        var file = Path.Combine(folder, "votes.csv");
        WriteLargeFile(file, texts);
        for (var round = 0; round < (Length.IsSoak ? 20 : 2); round++)
        {
            Databases.Drop(folder);
            JsonNode accepted;
            await using (var service = await Service.Start(folder))
            {
                using var client = service.Client();
                using var content = new StreamContent(File.OpenRead(file));
                content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
                using var answer = await client.PostAsync("/v1/imports/roll-calls", content);
                accepted = await answer.Json();
                ((int)answer.StatusCode).ShouldBe(202, accepted.ToJsonString());
                await Task.Delay(Random.Shared.Next(150));
                await service.Kill();
            }
            await using var again = await Service.Start(folder);
            using var reader = again.Client();
            var import = await reader.GetJson($"/v1/imports/{accepted.Text("id")}");
            var there = (await reader.GetPages("/v1/resolutions?limit=1000", 1_000)).Count;
            import.Text("status").ShouldBeOneOf("done", "interrupted");
            there.ShouldBe(import.Text("status") == "done" ? 43 + texts : 43);
            Directory.GetFiles(folder, "*.unfinished").ShouldBeEmpty();
        }
    }

    // Files larger than this limit fail to grow, as on a full disk.
    private static ProcessStartInfo OnSmallDisk(string folder, int megabytes, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f {megabytes * 1024}; exec dotnet \"$@\"",
                "bash",
                Service.Program,
                .. arguments,
            ]
        )
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
        };
        start.Environment["VOTETRACKER_ADMINKEY"] = App.AdminKey;
        // Otherwise .NET writes its code to a file, which would be too large.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return start;
    }

    // Writes a file with copies of one resolution, each with its own symbol and number.
    /// <summary>Writes a file of votes with this number of resolutions.</summary>
    internal static void WriteLargeFile(string path, int texts)
    {
        var piece = new VotingFile().Only("A/RES/78/7");
        var number = piece.Lines[1].Split(',')[0];
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(piece.Lines[0]);
        for (var text = 1; text <= texts; text++)
        {
            foreach (var line in piece.Lines.Skip(1))
            {
                file.WriteLine(
                    line.Replace(number, $"{text}", StringComparison.Ordinal)
                        .Replace("A/RES/78/7", $"A/RES/77/{text}", StringComparison.Ordinal)
                        .Replace(",78,", ",77,", StringComparison.Ordinal)
                );
            }
        }
    }
}
