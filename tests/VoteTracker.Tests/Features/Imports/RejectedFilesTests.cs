using System.Text;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>A file without a usable line, with wrong columns, or damaged is rejected as a whole.</summary>
public sealed class RejectedFilesTests
{
    [Test]
    public async Task A_file_without_a_usable_line_fails()
    {
        using var app = new App();
        var file = new VotingFile();
        for (var i = 2; i <= file.Lines.Count; i++)
        {
            var fields = file.Lines[i - 1].Split(',', 6);
            fields[4] = "31/12/2023";
            file.Lines[i - 1] = string.Join(',', fields);
        }
        // The start of the app writes to the database, too.
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        var import = await coordinator.Import(file.Bytes);
        import.Text("status").ShouldBe("failed");
        import["report"]!.Text("summary").ShouldBe("Nothing was changed. No line of the file could be used.");
        import["report"]!["findings"]![0]!.Int("count").ShouldBe(957);
        DatabaseRows.Read(app).ShouldBe(before);

        var header = await app.Coordinator.Import(Encoding.UTF8.GetBytes(file.Lines[0] + "\r\n"));
        header.Text("status").ShouldBe("failed");
    }

    [TestCase("", "The file is empty.")]
    [TestCase("\u0001\u0002 no table", "has none of the columns undl_id, ms_code, ms_name")]
    [TestCase("{\"votes\": []}", "has none of the columns undl_id, ms_code, ms_name")]
    [TestCase("PK\u0003\u0004 and so on", "is a zip archive; extract it")]
    public async Task Another_kind_of_file_is_rejected_at_once(string file, string says)
    {
        using var app = new App();
        using var answer = await app.Coordinator.SendFile(
            Encoding.UTF8.GetBytes(file),
            type: "application/octet-stream"
        );
        var problem = await answer.ShouldBeProblem(400, "body");
        problem.Text("detail")!.ShouldContain(says);
        // The turn is released.
        (await app.Coordinator.Import(new VotingFile().Bytes))
            .Text("status")
            .ShouldBe("done");
    }

    [Test]
    public async Task A_column_that_is_missing_or_repeated_is_named()
    {
        using var app = new App();
        foreach (var column in new VotingFile().Header.Where(c => c != "vote_note"))
        {
            var file = new VotingFile();
            file.Lines[0] = string.Join(',', file.Header.Select(c => c == column ? "other" : c));
            using var answer = await app.Coordinator.SendFile(file.Bytes);
            (await answer.ShouldBeProblem(400, "body"))
                .Text("detail")!
                .ShouldContain($"The file lacks the column {column}.");
        }
        var twice = new VotingFile();
        twice.Lines[0] = twice.Lines[0].Replace("vote_note", "ms_code", StringComparison.Ordinal);
        using var refused = await app.Coordinator.SendFile(twice.Bytes);
        (await refused.ShouldBeProblem(400, "body"))
            .Text("detail")!
            .ShouldContain("has the column ms_code more than once");
    }

    [Test]
    public async Task A_line_over_the_limit_ends_the_import_and_names_the_line()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        foreach (var start in (string[])["", "\""])
        {
            var file = new VotingFile();
            file.Lines.Insert(10, start + new string('x', 3_000_000));
            var import = await coordinator.Import(file.Bytes);
            import.Text("status").ShouldBe("failed");
            import["report"]!
                .Text("summary")!
                .ShouldStartWith("Nothing was changed. Line 11 is longer than 1,048,576 bytes");
        }
        // A gigabyte in one line is a few megabytes when packed.
        var part = VotingFile.Pack(Encoding.UTF8.GetBytes(new string('x', 1 << 20)));
        byte[] head = VotingFile.Pack(Encoding.UTF8.GetBytes(new VotingFile().Lines[0] + "\r\n"));
        var gigabyte = await coordinator.Import([.. head, .. Enumerable.Repeat(part, 1_024).SelectMany(p => p)]);
        gigabyte["report"]!
            .Text("summary")!
            .ShouldStartWith("Nothing was changed. Line 2 is longer than 1,048,576 bytes");
        using var header = await coordinator.SendFile(Encoding.UTF8.GetBytes(new string('x', 3_000_000)));
        await header.ShouldBeProblem(400, "body");
        DatabaseRows.Read(app).ShouldBe(before);
    }

    [Test]
    public async Task Damaged_or_incomplete_gzip_is_rejected_and_nothing_changes()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var before = DatabaseRows.Read(app);
        var packed = new VotingFile().Packed;
        foreach (var length in (int[])[packed.Length - 4, packed.Length - 2_000])
        {
            var import = await coordinator.Import(packed[..length]);
            import.Text("status").ShouldBe("failed");
            import["report"]!.Text("summary")!.ShouldContain("The gzip data are truncated");
        }
        packed[packed.Length / 2] ^= 0x55;
        var damaged = await coordinator.Import(packed);
        damaged.Text("status").ShouldBe("failed");
        damaged["report"]!.Text("summary")!.ShouldMatch("gzip data are (damaged|truncated)");
        using var nothing = await coordinator.SendFile([0x1f, 0x8b]);
        await nothing.ShouldBeProblem(400, "body");
        DatabaseRows.Read(app).ShouldBe(before);
    }

    [Test]
    public async Task Strict_is_true_or_false()
    {
        using var app = new App();
        using var answer = await app.Coordinator.SendFile(new VotingFile().Bytes, "?strict=yes");
        await answer.ShouldBeProblem(400, "strict");
    }
}
