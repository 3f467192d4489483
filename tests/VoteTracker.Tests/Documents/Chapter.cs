namespace VoteTracker.Tests.Documents;

/// <summary>
/// The commands of a document, run by bash in an empty folder that looks like the repository. A block `text` after a
/// block `sh` has lines that the commands print; `…` is any text.
/// </summary>
internal sealed class Chapter(Document document)
{
    private const string EndOfBlock = "=== end of block";

    /// <summary>The commands that are not run, by their beginning, and the reason.</summary>
    public static readonly IReadOnlyList<(string Start, string Reason)> NotRun =
    [
        ("dotnet run --project src/VoteTracker\n", "starts the service, which the test has done"),
        ("tests/run", "runs all tests, and so this one"),
        ("dotnet test", "runs tests while tests run"),
        ("VOTETRACKER_TESTS_", "runs tests while tests run"),
        ("dotnet build", "builds the program that is being tested"),
        ("dotnet tool restore", "formats the files that are being tested"),
        ("dotnet run --project tests/VoteTracker.Benchmarks", "measures for minutes, on a quiet machine"),
        ("dotnet publish", "StartTests publishes; it takes a minute"),
        ("dotnet run --project src/VoteTracker -- copy", "needs a PostgreSQL server; CopyTests copy"),
        ("dotnet run --project src/VoteTracker -- --", "starts a second service that does not end"),
        ("dotnet run --project src/VoteTracker -- import roll-calls ga-voting.csv", "needs the Library's file"),
        ("dotnet run --project src/VoteTracker -- backtest --from 1946-01-01", "needs the Library's file"),
        ("curl http://127.0.0.1:5080/v1/imports/roll-calls", "needs the Library's file"),
        ("git ", "changes the repository"),
        ("sudo ", "changes the machine"),
        ("docker ", "needs an image from a registry"),
        ("pg_dump", "needs a PostgreSQL server"),
    ];

    /// <summary>The languages of code that is shown and not run.</summary>
    private static readonly string[] Shown =
    [
        "text",
        "json",
        "mermaid",
        "python",
        "r",
        "csharp",
        // EmbeddedCountTests show them in a browser, and GuidePagesTests run the script.
        "html",
        "js",
        "xml",
        "markdown",
    ];

    /// <summary>The blocks that are run, with what each has to print.</summary>
    public IReadOnlyList<(CodeBlock Block, string Expected)> Steps { get; } =
    [
        .. document
            .Blocks.Select((block, i) => (block, document.Blocks.ElementAtOrDefault(i + 1)))
            .Where(pair => pair.block.Language == "sh" && !IsNotRun(pair.block))
            .Select(pair => (pair.block, pair.Item2 is { Language: "text" } text ? text.Code : "")),
    ];

    /// <summary>The code in a language of which nothing is known here.</summary>
    public IEnumerable<CodeBlock> Unknown =>
        document.Blocks.Where(b => b.Language != "sh" && !Shown.Contains(b.Language, StringComparer.Ordinal));

    /// <summary>Whether its first lines say that it continues the first five minutes of the README.</summary>
    public bool Continues =>
        document
            .Text.Split('\n')
            .Take(12)
            .Any(line => line.Contains("README.md#the-first-five-minutes)", StringComparison.Ordinal));

    public static bool IsNotRun(CodeBlock block) =>
        NotRun.Any(n => (block.Code + "\n").StartsWith(n.Start, StringComparison.Ordinal));

    /// <summary>Runs the commands of chapters one after another in one shell; returns what does not work.</summary>
    public static async Task<string> Run(string folder, Uri service, string key, params Chapter[] chapters)
    {
        MakeRepository(folder);
        var steps = chapters.SelectMany(c => c.Steps).ToList();
        var script = string.Join(
            $"\necho '{EndOfBlock}'\n",
            steps.Select(s =>
                Command(s.Block.Code, s.Expected)
                    .Replace("http://127.0.0.1:5080", service.ToString().TrimEnd('/'), StringComparison.Ordinal)
                    .Replace("KEY=vt_…", $"KEY={key}", StringComparison.Ordinal)
            )
        );
        var start = new System.Diagnostics.ProcessStartInfo(
            "bash",
            ["-c", $"set -euo pipefail\nchmod +x bin/*\n{script}"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        start.Environment["KEY"] = key;
        start.Environment["VOTETRACKER_DATABASE"] = $"Data Source={Databases.FileOf(folder)}";
        start.Environment["PATH"] = $"{folder}/bin:{start.Environment["PATH"]}";
        using var bash = System.Diagnostics.Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        var printed = output.Split($"{EndOfBlock}\n");
        if (bash.ExitCode != 0)
        {
            var failed = steps[Math.Min(printed.Length, steps.Count) - 1];
            return $"line {failed.Block.Line}: {failed.Block.Code}\n{printed[^1]}\n{await errors}";
        }
        return string.Join(
            '\n',
            steps
                .Zip(printed)
                .SelectMany(p =>
                    Lines(p.First.Expected)
                        .Where(line => !Contains(p.Second, line))
                        .Select(line => $"line {p.First.Block.Line}: '{line}' is not in: {p.Second}")
                )
        );
    }

    // The folders of the repository, and commands that stand in: the built program for `dotnet run`, curl that fails on
    // an error of HTTP, and a timeout that is five seconds and no failure.
    private static void MakeRepository(string folder)
    {
        foreach (var part in (string[])["src", "tests", "data", "openapi", "README.md"])
        {
            File.CreateSymbolicLink(Path.Combine(folder, part), Path.Combine(Repository.Root, part));
        }
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        Write("curl", "exec /usr/bin/curl -sS --fail-with-body \"$@\"");
        Write("timeout", "shift; /usr/bin/timeout 5 \"$@\" || test $? = 124");
        // The second of a reader can be too short on a loaded machine.
        Write("sleep", "exec /usr/bin/sleep 3");
        Write(
            "dotnet",
            $"""
            [ "$1 $2 $3 $4" = "run --project src/VoteTracker --" ] || exit 9
            shift 4
            exec "{Environment.ProcessPath}" "{Process.Service.Program}" "$@"
            """
        );

        void Write(string name, string script) =>
            File.WriteAllText(Path.Combine(bin, name), $"#!/usr/bin/env bash\n{script}\n");
    }

    // curl ends with 22 on an error of HTTP. A chapter that shows an error has its status line.
    private static string Command(string code, string expected) =>
        expected.Contains("HTTP/1.1 4", StringComparison.Ordinal) ? $"{{ {code}\n}} || test $? = 22" : code;

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line is not ("" or "…"));

    private static bool Contains(string output, string line)
    {
        var at = 0;
        foreach (var part in line.Split('…'))
        {
            at = output.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }
            at += part.Length;
        }
        return true;
    }
}
