using System.Data.Common;
using System.Globalization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Imports the Library's file: reads all of it first, writing nothing, and then writes it in one short transaction. So
/// nothing of it is ever half there, whatever ends it.
/// </summary>
internal sealed class RunImport(Db db, ReferenceData facts, Settings settings, TimeProvider clock)
{
    // Raised when the same file would be read to something else.
    private const string Reading = "2";

    /// <summary>Does it, and answers what it read and did; the report says where it could not be done.</summary>
    public async Task<(ImportStatus Status, ImportReport Report)> Handle(ImportJob job, CancellationToken stop)
    {
        VotingDataFile? file = null;
        try
        {
            var basis = await Basis();
            if (await DoneBefore(job, basis) is { } before)
            {
                return Again(job, before);
            }
            file = await Task.Run(() => Read(job, stop), stop);
            if (file.Texts.Count == 0)
            {
                return (ImportStatus.Failed, Failed("No line of the file could be used.", file));
            }
            if (job.Strict && file.Findings.Count > 0)
            {
                return (ImportStatus.Failed, Failed(Refused(file.Findings.Count), file));
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
            var why = unavailable.InnerException is DbException engine ? engine.Message : unavailable.Message;
            return (ImportStatus.Failed, Failed($"The database could not write it: {why}", file));
        }
        catch (IOException)
        {
            return (ImportStatus.Failed, Failed("The file could not be read from the disk.", file));
        }
    }

    private VotingDataFile Read(ImportJob job, CancellationToken stop)
    {
        // Not disposed: the file is the caller's.
        var text = new VotingDataStream(job.File, settings.MaxImportBytes, stop);
        var file = VotingDataReader.Read(
            text,
            facts.Roster,
            NewYork.DayOf(clock.GetUtcNow()),
            line => job.ReportProgress(text.BytesRead, line)
        );
        job.Sha256 ??= job.File.Finish();
        return file;
    }

    private static async Task<ImportReport> Save(Write write, ImportJob job, VotingDataFile file, string basis)
    {
        var kept = await ImportedResolutionWriter.Handle(write, job.Caller, file);
        var report = Report(Summary(kept, file), kept.Nothing, file) with
        {
            SessionsAdded = kept.Sessions,
            TextsAdded = kept.Added,
            TextsChanged = kept.Changed,
            TextsUnchanged = kept.Unchanged,
            LeftToUsers = kept.LeftToUsers,
            ReplacedRollCalls = kept.Replaced,
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

    // The same file, read with the same facts, after which nobody changed a text, says nothing new.
    private async Task<ImportReport?> DoneBefore(ImportJob job, string basis)
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

    private async Task<string> Basis()
    {
        var known = await db.Read(connection =>
            connection.ExecuteScalarAsync<string>("SELECT value FROM fact WHERE name = 'sha256'")
        );
        // A day that is not yet today is wrong, and right when it comes.
        return $"{Reading} {NewYork.DayOf(clock.GetUtcNow()):O} {known}";
    }

    private static (ImportStatus, ImportReport) Again(ImportJob job, ImportReport before)
    {
        var wrong = before.Findings.Sum(f => f.Count);
        return job.Strict && wrong > 0
            ? (
                ImportStatus.Failed,
                before with
                {
                    Summary = $"Nothing was changed. {Refused(wrong)}",
                    ChangedNothing = true,
                }
            )
            : (
                ImportStatus.Done,
                before with
                {
                    Summary =
                        "Nothing was changed: this very file was imported before, and all of it stands as it has it.",
                    ChangedNothing = true,
                    SessionsAdded = 0,
                    TextsAdded = 0,
                    TextsChanged = 0,
                    TextsUnchanged = before.Texts - before.LeftToUsers.Count,
                    ReplacedRollCalls = [],
                }
            );
    }

    private static string Refused(long wrong) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The import is strict, and there {(wrong == 1 ? "is 1 thing" : $"are {wrong:N0} things")} wrong with the file; {(wrong == 1 ? "it is" : "they are")} listed."
        );

    private static string Summary(StoredResolutions kept, VotingDataFile file)
    {
        var wrong = file.Findings.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(kept.Nothing ? "Nothing was changed" : $"{kept.Added:N0} {(kept.Added == 1 ? "text was" : "texts were")} added, {kept.Changed:N0} brought up to date")}; {kept.Unchanged:N0} {(kept.Unchanged == 1 ? "stands as the file has it" : "stand as the file has them")}, {kept.LeftToUsers.Count:N0} as a user wrote them. {Replaced(kept.Replaced.Count)}{(wrong == 0 ? "Nothing is wrong with the file." : $"What is wrong with the file, {wrong:N0} in all, is listed.")}"
        );
    }

    private static string Replaced(int count) =>
        count == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Instead of {(count == 1 ? "1 roll call" : $"{count:N0} roll calls")} that the campaign had entered, the Library's {(count == 1 ? "counts; the differences are" : "count; the differences are")} listed. "
            );

    private static ImportReport Failed(string why, VotingDataFile? file) =>
        Report($"Nothing was changed. {why}", changedNothing: true, file);

    private static ImportReport Report(string summary, bool changedNothing, VotingDataFile? file) =>
        new()
        {
            Summary = summary,
            ChangedNothing = changedNothing,
            Lines = file?.Lines ?? 0,
            Texts = file?.Texts.Count ?? 0,
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

    private sealed record DoneRow
    {
        public string Sha256 { get; init; } = "";
        public string Report { get; init; } = "";
    }
}
