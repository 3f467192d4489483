using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Process;

/// <summary>What the README says is so: its commands work, its settings are the program's.</summary>
public sealed partial class ReadmeTests
{
    [Test]
    public async Task Every_command_of_the_story_works_in_its_order()
    {
        using var folder = new Folder();
        var start = new ProcessStartInfo("bash", ["-c", Commands()[0]])
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

        var story = Commands()
            .Where(c => c.Contains("curl", StringComparison.Ordinal) || c.StartsWith("KEY=", StringComparison.Ordinal))
            .ToList();
        story.Count.ShouldBeGreaterThan(8);
        var script = string.Join("\necho '=== end of command'\n", story)
            .Replace("http://127.0.0.1:5080", service.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("KEY=vt_…", $"KEY={key}", StringComparison.Ordinal)
            .Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal);
        // The listener is stopped by its timeout, which is how it is to end.
        script = script.Replace("/tally/stream", "/tally/stream || test $? = 124", StringComparison.Ordinal);
        var (exitCode, output) = await Bash($"set -euo pipefail\n{script}", folder);
        var answers = output.Split("=== end of command");
        exitCode.ShouldBe(0, output);

        answers[0].ShouldContain("\"yes\":149,\"no\":12,\"abstain\":19");
        answers[0].ShouldContain("\"reached\":true");
        answers.ShouldContain(
            a => a.Contains("\"yes\":93,\"no\":24,\"abstain\":58", StringComparison.Ordinal),
            "the draft begins as its baseline"
        );
        answers.ShouldContain(a =>
            a.Contains("event: tally", StringComparison.Ordinal)
            && a.Contains("\"version\":4", StringComparison.Ordinal)
        );
        answers.ShouldContain(a => a.Contains("regional-group,african-states,54", StringComparison.Ordinal));
        answers.ShouldContain(a => a.Contains("\"group\":\"none\"", StringComparison.Ordinal));
        answers.ShouldContain(a => a.Contains("\"role\":\"lobbyist\"", StringComparison.Ordinal));
        answers.ShouldContain(a => a.Contains("\"marginChange\":", StringComparison.Ordinal));
        answers.ShouldContain(a =>
            a.Contains("\"dryRun\":true", StringComparison.Ordinal)
            && a.Contains("\"dryRun\":false", StringComparison.Ordinal)
        );
        answers.ShouldContain(a => a.Contains("Lijphart 1963", StringComparison.Ordinal));
        answers.ShouldContain(a =>
            a.Contains("\"agreementIndex\":0.7417", StringComparison.Ordinal)
            && a.Contains("\"option\":\"not voting\"", StringComparison.Ordinal)
        );
        answers.ShouldContain(a => a.Contains("es-10-l-34,ARG,AR,032,ARGENTINA", StringComparison.Ordinal));
        new FileInfo(Path.Combine(folder, "record.zip")).Length.ShouldBeGreaterThan(10_000);
    }

    [Test]
    public void The_two_commands_are_the_ones_that_are_promised()
    {
        Commands()[0].ShouldBe("dotnet run --project src/VoteTracker");
        Commands()[1].ShouldBe("tests/run");
        File.Exists(Path.Combine(Repository.Root, "tests", "run")).ShouldBeTrue();
    }

    [Test]
    public void The_settings_table_is_the_programs()
    {
        var settings = typeof(Settings).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        settings.Length.ShouldBeGreaterThan(5);
        var defaults = new Settings();
        var readme = Repository.Read("README.md");
        foreach (var setting in settings)
        {
            var value = Convert.ToString(setting.GetValue(defaults), CultureInfo.InvariantCulture);
            var said = setting.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>()!.Description;
            readme.ShouldContain(
                $"| `{setting.Name}` | {(string.IsNullOrEmpty(value) ? "none" : $"`{value}`")} | {said} |"
            );
        }
    }

    [Test]
    public void Every_file_it_links_to_is_there()
    {
        var links = Link().Matches(Repository.Read("README.md")).Select(m => m.Groups["path"].Value).ToList();
        links.Count.ShouldBeGreaterThan(3);
        links.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).ShouldBeEmpty();
    }

    private static List<string> Commands() =>
        [.. Block().Matches(Repository.Read("README.md")).Select(m => m.Groups["command"].Value.Trim())];

    private static async Task<(int ExitCode, string Output)> Bash(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        using var bash = System.Diagnostics.Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output + await errors);
    }

    [GeneratedRegex(
        "^```sh\n(?<command>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<path>[A-Za-z][^):]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("vt_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}
