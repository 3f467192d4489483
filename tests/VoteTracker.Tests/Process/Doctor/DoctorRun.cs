using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Process.Doctor;

/// <summary>A run of `doctor --json`.</summary>
internal sealed class DoctorRun
{
    private readonly IReadOnlyList<JsonNode> _findings;

    private DoctorRun(int exitCode, JsonNode report)
    {
        (ExitCode, Output) = (exitCode, report.ToJsonString());
        _findings = [.. report["findings"]!.AsArray().Select(finding => finding!)];
        Errors = report["errors"]!.GetValue<int>();
        Warnings = report["warnings"]!.GetValue<int>();
    }

    public int ExitCode { get; }

    public string Output { get; }

    public int Errors { get; }

    public int Warnings { get; }

    /// <summary>The findings of a check, each as `level: message`.</summary>
    public IReadOnlyList<string> Of(string check) =>
        [.. _findings.Where(f => f.Text("check") == check).Select(f => $"{f.Text("level")}: {f.Text("message")}")];

    /// <summary>Asserts that a check found this, and that everything that is not right has advice.</summary>
    public void ShouldFind(string check, string finding)
    {
        Of(check).ShouldContain(f => f.Contains(finding, StringComparison.Ordinal), Output);
        _findings
            .Where(f => f.Text("level") != "ok" && string.IsNullOrEmpty(f["advice"]?.GetValue<string>()))
            .ShouldBeEmpty("what is wrong has advice");
    }

    /// <summary>Runs it in a folder.</summary>
    public static Task<DoctorRun> Run(string folder, params string[] arguments) => RunWith(folder, [], arguments);

    /// <summary>Runs it in a folder, with variables of its environment.</summary>
    public static async Task<DoctorRun> RunWith(
        string folder,
        (string Name, string Value)[] variables,
        params string[] arguments
    )
    {
        var (exitCode, output) = await Service.Run(folder, ["doctor", "--json", .. arguments], null, variables);
        var report = output.StartsWith('{') ? JsonNode.Parse(output) : null;
        report.ShouldNotBeNull(output);
        return new DoctorRun(exitCode, report);
    }
}
