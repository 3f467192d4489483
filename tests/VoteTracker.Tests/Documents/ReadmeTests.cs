using System.Diagnostics;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Documents;

/// <summary>The README is short, and its first five minutes work as they are typed.</summary>
public sealed partial class ReadmeTests
{
    private const int MostLines = 130;

    private static readonly Document Readme = Document.All.Single(d => d.Path == "README.md");

    [Test]
    public void It_is_short() => Readme.Text.TrimEnd().Split('\n').Length.ShouldBeLessThanOrEqualTo(MostLines);

    [Test]
    public void The_two_commands_are_the_ones_that_are_promised()
    {
        Readme.Blocks[0].Code.ShouldBe("dotnet run --project src/VoteTracker");
        Readme.Blocks[1].Code.ShouldBe("tests/run");
        File.Exists(Path.Combine(Repository.Root, "tests", "run")).ShouldBeTrue();
    }

    [Test]
    public async Task The_first_five_minutes_end_with_a_changed_result()
    {
        using var folder = new Folder();
        var start = new ProcessStartInfo("bash", ["-c", Readme.Blocks[0].Code])
        {
            WorkingDirectory = Repository.Root,
            Environment =
            {
                ["VOTETRACKER_URLS"] = "http://127.0.0.1:0",
                // `dotnet run` finds the program built.
                ["Configuration"] = Repository.Configuration,
                ["VOTETRACKER_DATABASE"] = $"Data Source={folder}/votetracker.db",
            },
        };
        await using var service = await Service.Start(start);
        var key = Key().Match(service.Output).Value;
        key.ShouldNotBeEmpty("the start prints the first key");

        var readme = new Chapter(Readme);
        (await Chapter.Run(folder, service.Address, key, readme)).ShouldBeEmpty();
        var expected = string.Join('\n', readme.Steps.Select(s => s.Expected));
        var (reached, lost) = (
            expected.IndexOf("\"reached\":true", StringComparison.Ordinal),
            expected.IndexOf("\"reached\":false", StringComparison.Ordinal)
        );
        reached.ShouldBeGreaterThanOrEqualTo(0);
        lost.ShouldBeGreaterThan(reached, "the result changes");
    }

    [GeneratedRegex("vt_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}
