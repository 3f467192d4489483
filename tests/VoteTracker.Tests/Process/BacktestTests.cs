using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Process;

/// <summary>`VoteTracker backtest`: past votes forecast from earlier ones.</summary>
public sealed partial class BacktestTests
{
    [Test]
    public async Task The_backtest_is_as_accurate_as_the_readme_says_and_better_than_guesses()
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["backtest"]);
        exitCode.ShouldBe(0, output);
        var lines = output.TrimEnd().Split('\n');
        lines[0].ShouldMatch("^Database: /.*/votetracker\\.db$");
        var last = Last().Match(lines[^1]);
        last.Success.ShouldBeTrue(lines[^1]);
        Number(last, "loss").ShouldBeLessThanOrEqualTo(0.66);
        Number(last, "brier").ShouldBeLessThanOrEqualTo(0.35);
        last.Groups["texts"].Value.ShouldBe("17");
        // The record that comes with the service is too small to learn from.
        output.ShouldContain("| resolution | voted on | names | forecast | plain model | similar titles | ");
        output.ShouldContain("from the learned model for 0 of 17 resolutions");
        // The figures of the two guesses were computed independently.
        output.ShouldContain("| 0.875 / 0.440 / ");
        output.ShouldContain("| 0.913 / 0.463 / ");
        var chapter = Repository.Read("openapi/forecast.md");
        var table = lines.Where(line => line.StartsWith('|')).ToList();
        table.Count.ShouldBe(2 + 17 + 1);
        foreach (var line in table.Append(lines[^1]))
        {
            chapter.ShouldContain(line);
        }
    }

    [Test]
    public async Task Sessions_and_the_first_day_can_be_chosen()
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["backtest", "--session", "es-10"]);
        exitCode.ShouldBe(0, output);
        output.TrimEnd().ShouldEndWith("texts 9");
        (_, output) = await Service.Run(folder, ["backtest", "--session", "es-10", "--session", "es-11"]);
        output.TrimEnd().ShouldEndWith("texts 17");
        (_, output) = await Service.Run(folder, ["backtest", "--session", "es-10", "--from", "1997-01-01"]);
        output.TrimEnd().ShouldEndWith("texts 26");
    }

    [Test]
    public async Task Votes_of_the_same_day_can_be_left_out()
    {
        using var folder = new Folder();
        // The second of two votes on that day.
        string[] backtest = ["backtest", "--session", "es-10", "--from", "2024-12-11"];
        var (_, output) = await Service.Run(folder, backtest);
        var (exitCode, earlier) = await Service.Run(folder, [.. backtest, "--earlier-days"]);
        exitCode.ShouldBe(0, earlier);
        RowOf(earlier, "es-10-25").ShouldBe(RowOf(output, "es-10-25"));
        RowOf(earlier, "es-10-26").ShouldNotBe(RowOf(output, "es-10-26"));

        static string RowOf(string output, string id) =>
            output.Split('\n').Single(line => line.StartsWith($"| `{id}`", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_table_shows_how_reliable_and_how_sharp_the_forecasts_are()
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["backtest", "--table"]);
        exitCode.ShouldBe(0, output);
        var lines = output.TrimEnd().Split('\n');
        lines[^1].ShouldStartWith("log-loss ");
        var heading = Array.IndexOf(lines, "| probability | number | share of all | mean | came true |");
        heading.ShouldBeGreaterThan(0, output);
        var bins = lines[(heading + 2)..(heading + 12)].Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        bins[0][1].ShouldBe("0.0 to 0.1");
        // Four probabilities for each of 193 members in each of 17 resolutions.
        bins.Sum(bin => int.Parse(bin[2], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(4 * 193 * 17);
        bins.Sum(bin => Cell(bin[3])).ShouldBe(1, 0.006);
        foreach (var bin in bins)
        {
            Cell(bin[4]).ShouldBe(Cell(bin[5]), 0.06);
        }

        static double Cell(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [TestCase("es-3", "--session", "es-3")]
    [TestCase("2030-01-01", "--from", "2030-01-01")]
    [TestCase("not 'tomorrow'", "--from", "tomorrow")]
    [TestCase("such as 2017-01-01", "--from", "01/02/2020")]
    [TestCase("must be one of library, all", "--source", "campaign")]
    public async Task Invalid_options_are_reported(string message, params string[] arguments)
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["backtest", .. arguments]);
        exitCode.ShouldNotBe(0);
        output.ShouldContain(message);
    }

    [Test]
    public async Task A_vote_that_the_campaign_entered_is_forecast_only_on_request()
    {
        using var folder = new Folder();
        using (var app = new App(folder: folder))
        {
            var id = await app.OpenDraft();
            using var entered = await app.Coordinator.Put(
                $"/v1/resolutions/{id}/roll-call?missing=non-voting",
                new { recordedOn = "2026-11-20", votes = new[] { new { memberState = "NOR", vote = "yes" } } }
            );
            entered.EnsureSuccessStatusCode();
        }
        var (exitCode, output) = await Service.Run(folder, ["backtest", "--from", "2026-01-01"]);
        exitCode.ShouldNotBe(0, output);
        (exitCode, output) = await Service.Run(folder, ["backtest", "--from", "2026-01-01", "--source", "all"]);
        exitCode.ShouldBe(0, output);
        output.TrimEnd().ShouldEndWith("texts 1");
    }

    [Test]
    public async Task The_help_shows_days_in_the_accepted_format()
    {
        using var folder = new Folder();
        var (_, output) = await Service.Run(folder, ["backtest", "--help"]);
        output.ShouldContain("[default: 2017-01-01]");
    }

    private static double Number(Match match, string name) =>
        double.Parse(match.Groups[name].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^log-loss (?<loss>\d\.\d{3}) brier (?<brier>\d\.\d{3}) accuracy \d\.\d{3} texts (?<texts>\d+)$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Last();
}
