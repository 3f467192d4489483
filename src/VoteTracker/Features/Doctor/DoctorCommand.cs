using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VoteTracker.Database;
using VoteTracker.Database.Inspection;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Doctor;

/// <summary>
/// `VoteTracker doctor`: checks an installation, and prints what to do. It changes nothing, and works beside a service or
/// without one. The exit code is 0 if there are only warnings, and 1 if there is an error.
/// </summary>
internal static class DoctorCommand
{
    // In the order of the output. A new subject is a class and its line here.
    private static readonly IReadOnlyList<ICheck> Checks =
    [
        new SettingsCheck(),
        new ServiceCheck(),
        new DatabaseCheck(),
        new DiskCheck(),
        new BackupCheck(),
        new ClockCheck(),
        new ProxyCheck(),
        new CertificatesCheck(),
        new PersonalDataCheck(),
    ];

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON, for programs." };
        var backups = new Option<DirectoryInfo?>("--backups")
        {
            Description = "The folder of the backups, to check the age of the newest one.",
        };
        var doctor = new Command("doctor", "Checks this installation, says what to do, and changes nothing.")
        {
            json,
            backups,
        };
        doctor.SetAction(
            async (arguments, _) =>
            {
                var provider = services(arguments);
                var settings = provider.GetRequiredService<Settings>();
                var findings = await Run(
                    new Examination
                    {
                        Settings = settings,
                        Configuration = provider.GetRequiredService<IConfiguration>(),
                        Clock = provider.GetRequiredService<TimeProvider>(),
                        Database = await Db.Inspect(settings.Database),
                        Backups = arguments.GetValue(backups)?.FullName ?? FindBackups(settings),
                    }
                );
                var output = arguments.InvocationConfiguration.Output;
                await output.WriteLineAsync(arguments.GetValue(json) ? ToJson(findings) : ToText(findings));
                return findings.Any(finding => finding.Level == FindingLevel.Error) ? 1 : 0;
            }
        );
        return doctor;
    }

    private static string? FindBackups(Settings settings) =>
        settings.BackupFolder.Length == 0 ? null : Path.GetFullPath(settings.BackupFolder);

    private static async Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        List<Finding> findings = [];
        foreach (var check in Checks)
        {
            findings.AddRange(await check.Run(examination));
        }
        return findings;
    }

    private static string ToText(IReadOnlyList<Finding> findings)
    {
        var lines = findings.SelectMany(finding =>
            (string[])
                [
                    $"{EnumWord<FindingLevel>.ToWord(finding.Level), -8} {finding.Check, -13} {finding.Message}",
                    .. finding.Advice is { } advice ? (string[])[$"{"", -22} → {advice}"] : [],
                ]
        );
        return string.Join('\n', lines.Append(Summarize(findings)));
    }

    private static string Summarize(IReadOnlyList<Finding> findings)
    {
        var (errors, warnings) = (Count(findings, FindingLevel.Error), Count(findings, FindingLevel.Warning));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}."
        );
    }

    private static string ToJson(IReadOnlyList<Finding> findings) =>
        JsonSerializer.Serialize(
            new
            {
                Errors = Count(findings, FindingLevel.Error),
                Warnings = Count(findings, FindingLevel.Warning),
                Findings = findings.Select(finding => new
                {
                    finding.Check,
                    Level = EnumWord<FindingLevel>.ToWord(finding.Level),
                    finding.Message,
                    finding.Advice,
                }),
            },
            Format
        );

    private static int Count(IReadOnlyList<Finding> findings, FindingLevel level) =>
        findings.Count(finding => finding.Level == level);
}
