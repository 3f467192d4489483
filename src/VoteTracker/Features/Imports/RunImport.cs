using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Imports a file of the UN Digital Library. It reads the whole file first, and then writes it in one short transaction. So
/// an import is never visible in part, however it ends. Over 200 lines because all ends of an import are in one place.
/// </summary>
internal sealed partial class RunImport(
    Db db,
    ReferenceData referenceData,
    Settings settings,
    TimeProvider clock,
    ILogger<RunImport> log
)
{
    // Raised when a release reads the same file differently.
    private const string ReaderVersion = "2";

    /// <summary>Runs the import. If it fails, the report has the reason.</summary>
    public async Task<(ImportStatus Status, ImportReport Report)> Handle(ImportJob job, CancellationToken stop)
    {
        VotingDataFile? file = null;
        try
        {
            var basis = await LoadBasis();
            if (await FindDone(job, basis) is { } before)
            {
                return Repeat(job, before);
            }
            file = await Task.Run(() => Read(job, stop), stop);
            if (file.Resolutions.Count == 0)
            {
                return (ImportStatus.Failed, Failed("No line of the file could be used.", file));
            }
            if (job.Strict && file.Findings.Count > 0)
            {
                return (ImportStatus.Failed, Failed(StrictReason(file.Findings.Count), file));
            }
            stop.ThrowIfCancellationRequested();
            return (ImportStatus.Done, await db.Write(write => Save(write, job, file, basis)));
        }
        catch (ImportRefused refused)
        {
            return (ImportStatus.Failed, Failed(refused.Message, file ?? refused.File));
        }
        catch (WriteUnavailableException unavailable)
        {
            if (unavailable.InnerException is DbException engine)
            {
                // The engine's message can have the address of the server: the report does not have it.
                log.LogError(
                    "The database could not write the import {Id}: {Reason}",
                    job.Id,
                    WithoutAddresses(engine.Message)
                );
            }
            return (
                ImportStatus.Failed,
                Failed("The database could not write it. The log of the service has the reason.", file)
            );
        }
        catch (IOException)
        {
            return (ImportStatus.Failed, Failed("The file could not be read from the disk.", file));
        }
    }

    /// <summary>An engine's message without hosts and ports.</summary>
    internal static string WithoutAddresses(string message) => Addresses().Replace(message, "(address)");

    private VotingDataFile Read(ImportJob job, CancellationToken stop)
    {
        // It is not disposed, because the caller owns the file.
        var content = new VotingDataStream(job.File, settings.MaxImportBytes, stop);
        var file = VotingDataReader.Read(
            content,
            referenceData.Roster,
            NewYork.DayOf(clock.GetUtcNow()),
            line => job.ReportProgress(content.BytesRead, line)
        );
        job.Sha256 ??= job.File.Finish();
        return file;
    }

    private static async Task<ImportReport> Save(Write write, ImportJob job, VotingDataFile file, string basis)
    {
        write.SetAudit(AuditEntry.Write, $"import={job.Id}");
        var outcome = await SaveImportedResolutions.Handle(write, job.Caller, file);
        var report = Report(Summary(outcome, file), outcome.IsEmpty, file) with
        {
            SessionsAdded = outcome.Sessions,
            TextsAdded = outcome.Added,
            TextsChanged = outcome.Changed,
            TextsUnchanged = outcome.Unchanged,
            LeftToUsers = outcome.LeftToUsers,
            ReplacedRollCalls = outcome.Replaced,
        };
        var rows = await write.Connection.ExecuteAsync(
            """
            INSERT INTO import (
                id, strict, status, begun_at, begun_by, ended_at, bytes, sha256, basis, change_seq, report
            )
            VALUES (
                @Id, @Strict, 'done', @BegunAt, @Label, @Now, @Bytes, @Sha256, @basis,
                (SELECT COALESCE(MAX(seq), 0) FROM change), @report
            )
            ON CONFLICT (id) DO UPDATE SET
                status = excluded.status, ended_at = excluded.ended_at, sha256 = excluded.sha256,
                basis = excluded.basis, change_seq = excluded.change_seq, report = excluded.report
            WHERE import.status = 'running'
            """,
            new
            {
                job.Id,
                job.Strict,
                job.BegunAt,
                job.Caller.Label,
                write.Now,
                job.Bytes,
                job.Sha256,
                basis,
                report = report.ToText(),
            }
        );
        // Whichever of the import and its cancellation commits first decides; the other changes nothing.
        return rows == 0 ? throw new ImportCancelled() : report;
    }

    // Finds an import of the same file with the same reference data, if no resolution has changed since.
    private async Task<ImportReport?> FindDone(ImportJob job, string basis)
    {
        var candidates = await db.Read(async connection =>
            (
                await connection.QueryAsync<DoneRow>(
                    """
                    SELECT sha256, report
                    FROM import
                    WHERE bytes = @Bytes AND basis = @basis AND status = 'done' AND NOT EXISTS (
                        SELECT 1 FROM change
                        WHERE seq > import.change_seq AND kind IN ('resolution', 'roll-call')
                    )
                    ORDER BY ended_at DESC
                    """,
                    new { job.Bytes, basis }
                )
            ).ToList()
        );
        if (candidates.Count == 0)
        {
            return null;
        }
        job.Sha256 ??= await Task.Run(job.File.Finish);
        return candidates.FirstOrDefault(c => c.Sha256 == job.Sha256) is { } same
            ? ImportReport.Parse(same.Report)
            : null;
    }

    private async Task<string> LoadBasis()
    {
        var known = await db.Read(connection =>
            connection.ExecuteScalarAsync<string>("SELECT value FROM fact WHERE name = 'sha256'")
        );
        // A vote of tomorrow is a problem today, and none tomorrow.
        return $"{ReaderVersion} {NewYork.DayOf(clock.GetUtcNow()):O} {known}";
    }

    private static (ImportStatus, ImportReport) Repeat(ImportJob job, ImportReport before)
    {
        var wrong = before.Findings.Sum(f => f.Count);
        return job.Strict && wrong > 0
            ? (
                ImportStatus.Failed,
                before with
                {
                    Summary = $"Nothing was changed. {StrictReason(wrong)}",
                    ChangedNothing = true,
                }
            )
            : (
                ImportStatus.Done,
                before with
                {
                    Summary =
                        "Nothing was changed: the same file was imported before, and its resolutions have not changed since.",
                    ChangedNothing = true,
                    SessionsAdded = 0,
                    TextsAdded = 0,
                    TextsChanged = 0,
                    TextsUnchanged = before.Texts - before.LeftToUsers.Count,
                    ReplacedRollCalls = [],
                }
            );
    }

    private static string StrictReason(long wrong) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The import is strict, and the file has {(wrong == 1 ? "1 problem, which is" : $"{wrong:N0} problems, which are")} listed."
        );

    private static string Summary(ImportOutcome outcome, VotingDataFile file)
    {
        var wrong = file.Findings.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(outcome.IsEmpty ? "Nothing was changed" : $"Added: {Resolutions(outcome.Added)}; updated: {outcome.Changed:N0}")}; unchanged: {outcome.Unchanged:N0}; left as a user wrote them: {outcome.LeftToUsers.Count:N0}. {Replaced(outcome.Replaced.Count)}{(wrong == 0 ? "The file has no problems." : $"The file has {(wrong == 1 ? "1 problem, which is" : $"{wrong:N0} problems, which are")} listed.")}"
        );
    }

    private static string Resolutions(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "resolution" : "resolutions")}");

    private static string Replaced(int count) =>
        count == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The UN's record replaces {(count == 1 ? "1 roll call" : $"{count:N0} roll calls")} that the campaign entered; the differences are listed. "
            );

    private static ImportReport Failed(string why, VotingDataFile? file) =>
        Report($"Nothing was changed. {why}", changedNothing: true, file);

    private static ImportReport Report(string summary, bool changedNothing, VotingDataFile? file) =>
        new()
        {
            Summary = summary,
            ChangedNothing = changedNothing,
            Lines = file?.Lines ?? 0,
            Texts = file?.Resolutions.Count ?? 0,
            Votes = file?.Votes ?? 0,
            SessionsAdded = 0,
            TextsAdded = 0,
            TextsChanged = 0,
            TextsUnchanged = 0,
            LeftToUsers = [],
            IgnoredColumns = file?.IgnoredColumns ?? [],
            ColumnsIgnored = [.. (file?.IgnoredColumns ?? []).Select(ignored => ignored.Column)],
            Findings = file?.Findings.Listed ?? [],
        };

    [GeneratedRegex(@"\S+:[0-9]{2,5}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();

    private sealed record DoneRow
    {
        public string Sha256 { get; init; } = "";
        public string Report { get; init; } = "";
    }
}
