using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoteTracker.Features.Observability;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>The alert rules, the dashboard and the chapter about them.</summary>
public sealed partial class MonitoringFilesTests
{
    private const string Folder = "src/operations/monitoring";
    private const string Chapter = "src/operations/observability.md";
    private const string AlertTests = "tests/VoteTracker.Tests/Features/Observability/alerts.test.yml";
    private const string Begin = "<!-- The table below is made from the class Instrument. -->\n";
    private const string End = "<!-- The table above is made from the class Instrument. -->\n";

    [TestCase("check", "rules", $"{Folder}/alerts.yml")]
    [TestCase("check", "config", "--syntax-only", $"{Folder}/prometheus.yml")]
    [TestCase("test", "rules", AlertTests)]
    public async Task Promtool_accepts_the_files_and_the_tests_of_the_alerts(params string[] arguments)
    {
        var (exitCode, output) = await Promtool.Run("", arguments);
        exitCode.ShouldBe(0, output);
    }

    [Test]
    public void Each_alert_has_a_test_in_which_it_fires_one_in_which_it_does_not_and_a_line_in_the_chapter()
    {
        var alerts = Alert().Matches(Repository.Read($"{Folder}/alerts.yml")).Select(Name).ToList();
        alerts.Count.ShouldBeGreaterThan(10);
        var tests = Repository.Read(AlertTests);
        foreach (var alert in alerts)
        {
            tests.ShouldContain($"alertname: {alert}, exp_alerts: [] }}");
            tests.ShouldContain($"alertname: {alert}\n        exp_alerts:\n          - exp_labels:");
        }
        Documented().Matches(Repository.Read(Chapter)).Select(Name).ShouldBe(alerts);

        static string Name(Match match) => match.Groups["name"].Value;
    }

    [Test]
    public void The_dashboard_shows_every_metric_of_the_service()
    {
        var dashboard = JsonNode.Parse(Repository.Read($"{Folder}/dashboard.json"))!;
        var queries = dashboard["panels"]!
            .AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target => target!["expr"]!.GetValue<string>())
            .ToList();
        queries.Count.ShouldBeGreaterThan(20);
        var places = dashboard["panels"]!.AsArray().Select(panel => panel!["gridPos"]!.ToJsonString()).ToList();
        places.Distinct(StringComparer.Ordinal).Count().ShouldBe(places.Count, "no panel covers another one");
        Instrument
            .All.Where(i => !queries.Exists(query => query.Contains(i.PrometheusName, StringComparison.Ordinal)))
            .Select(i => i.PrometheusName)
            .ShouldBeEmpty();
    }

    [Test]
    public void The_table_of_metrics_is_the_programs()
    {
        var file = Path.Combine(Repository.Root, Chapter);
        var text = File.ReadAllText(file);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        begin.ShouldBeGreaterThan(Begin.Length);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var table =
            "\n| metric | kind | description |\n|---|---|---|\n"
            + string.Concat(
                Instrument.All.Select(i =>
                    $"| `{i.PrometheusName}` | {i.Kind.ToString().ToLowerInvariant()} | {i.Description} |\n"
                )
            )
            + "\n";
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            File.WriteAllText(file, text[..begin] + table + text[end..]);
            return;
        }
        text[begin..end].ShouldBe(table, "Refresh it with VOTETRACKER_TESTS_REFRESH=1.");
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^\| `(?<name>VoteTracker\w+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Documented();
}
