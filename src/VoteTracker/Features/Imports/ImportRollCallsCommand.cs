using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Features.Record;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>
/// `VoteTracker import roll-calls FILE`: imports the UN Digital Library's file of recorded votes, also into a database that
/// a service is using.
/// </summary>
internal static class ImportRollCallsCommand
{
    private static readonly Caller Importer = new(KeyRole.Coordinator, "import", null);

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "The UN Digital Library's file of General Assembly voting data, as CSV or gzip.",
        };
        var strict = new Option<bool>("--strict") { Description = "Change nothing if the file has any problem." };
        var rollCalls = new Command(
            "roll-calls",
            "Imports the Assembly's whole record. Resolutions that a user wrote are not changed."
        )
        {
            file,
            strict,
        };
        rollCalls.SetAction(
            async (arguments, stop) =>
            {
                var source = Open(arguments.GetRequiredValue(file));
                await using (source)
                {
                    var (status, report) = await Run(
                        services(arguments),
                        new HashingStream(source),
                        arguments.GetValue(strict),
                        stop
                    );
                    await Print(arguments.InvocationConfiguration.Output, report);
                    return status == ImportStatus.Done ? 0 : 1;
                }
            }
        );
        return new Command("import", "Imports files.") { rollCalls };
    }

    private static FileStream Open(FileInfo file)
    {
        try
        {
            var stream = new FileStream(
                file.FullName,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                bufferSize: 0,
                FileOptions.SequentialScan
            );
            return stream.CanSeek
                ? stream
                : throw new SettingException($"{file.FullName} is not a file that can be read twice; save it first.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The file cannot be read: {exception.Message}");
        }
    }

    private static async Task<(ImportStatus Status, ImportReport? Report)> Run(
        IServiceProvider services,
        HashingStream file,
        bool strict,
        CancellationToken stop
    )
    {
        var db = services.GetRequiredService<Db>();
        var clock = services.GetRequiredService<TimeProvider>();
        var maintenance = services.GetRequiredService<Maintenance>();
        await maintenance.Migrate();
        await maintenance.ContinueAfterLastChange();
        await services.GetRequiredService<LoadRecord>().Handle();
        AuditScope.Begin(new ServiceScope("command import", "import roll-calls"));
        var job = new ImportJob(ApiKey.NewId(), strict, Importer, clock.Moment(), file);
        await using var bar = new ProgressBar(job, Console.Error, Console.IsErrorRedirected);
        try
        {
            return await services.GetRequiredService<RunImport>().Handle(job, stop);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ImportCancelled)
        {
            return (ImportStatus.Interrupted, null);
        }
    }

    private static async Task Print(TextWriter output, ImportReport? report)
    {
        if (report is null)
        {
            await output.WriteLineAsync("Nothing was changed: the import was stopped.");
            return;
        }
        if (report.Lines > 0)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Lines:N0} lines: {report.Texts:N0} {(report.Texts == 1 ? "resolution" : "resolutions")}, {report.Votes:N0} votes."
                )
            );
        }
        await output.WriteLineAsync(report.Summary);
        if (report.IgnoredColumns.Count > 0)
        {
            var names = report.IgnoredColumns.Select(ignored =>
                ignored.Closest is { } closest ? $"{ignored.Column} (close to {closest})" : ignored.Column
            );
            await output.WriteLineAsync($"Columns that were not read: {string.Join(", ", names)}");
        }
        foreach (var left in report.LeftToUsers)
        {
            await output.WriteLineAsync($"left as a user wrote it: {left}");
        }
        foreach (var replaced in report.ReplacedRollCalls)
        {
            await output.WriteLineAsync($"the UN's record replaces the campaign's roll call: {replaced.Resolution}");
            foreach (var difference in replaced.Differences)
            {
                await output.WriteLineAsync($"  {difference}");
            }
        }
        foreach (var kind in report.Findings)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EnumWord<ImportFindingKind>.ToWord(kind.Kind)}: {kind.Count:N0}"
                )
            );
            foreach (var finding in kind.Listed)
            {
                await output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  line {finding.Line}{(finding.Resolution is null ? "" : $" ({finding.Resolution})")}: {finding.Detail}"
                    )
                );
            }
            if (kind.Count > kind.Listed.Count)
            {
                await output.WriteLineAsync(
                    string.Create(CultureInfo.InvariantCulture, $"  and {kind.Count - kind.Listed.Count:N0} more")
                );
            }
        }
    }
}
