using System.Globalization;
using Dapper;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Stances;

/// <summary>A table's lines held against what stands, in the transaction that is to change it.</summary>
internal sealed class StanceEdits
{
    private readonly List<(StanceLine Line, StanceEdit Edit)> _edits = [];
    private readonly List<string> _wrong = [];
    private readonly List<StanceConflict> _conflicts = [];

    private StanceEdits() { }

    /// <summary>400 with every wrong line, else 409 with every line that does not go with what stands; null where all do.</summary>
    public ProblemHttpResult? Problem =>
        _wrong.Count > 0
            ? Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["lines"] = [.. _wrong] })
        : _conflicts.Count > 0 ? Conflict()
        : null;

    /// <summary>Reads each line: what it edits, of what the stance was when the table was made.</summary>
    public static async Task<StanceEdits> Read(Write write, Facts facts, string id, StanceSheet sheet)
    {
        var edits = new StanceEdits();
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in sheet.Lines)
        {
            if (edits.Check(facts, id, line, seen))
            {
                await edits.Read(write, facts, id, line, sheet.Validator);
            }
        }
        return edits;
    }

    /// <summary>Writes them: a version and a row of history each, as if each had been recorded alone.</summary>
    public async Task<IReadOnlyList<StanceLineChange>> Keep(Write write, Caller caller, string id)
    {
        var changes = new List<StanceLineChange>();
        foreach (var (line, edit) in _edits)
        {
            var (version, at) = await Change.Raise(write, caller, ChangeKind.Stance, id, line.Iso3);
            var request = edit.Request;
            var unknown = Stance.Unknown(id, line.Iso3);
            await StanceHistory.Keep(
                write,
                unknown with
                {
                    Position = request?.Position ?? Position.Unknown,
                    Certainty = request?.Certainty,
                    Evidence = request?.Evidence,
                    EvidenceUrl = request?.EvidenceUrl,
                    Note = request?.Note,
                    Contact = request?.Contact,
                    Version = version,
                    ChangedBy = caller.Label,
                    ChangedAt = at,
                },
                edit.Reason
            );
            changes.Add(
                new StanceLineChange
                {
                    Line = line.Line,
                    MemberState = line.Iso3,
                    Fields = edit.Fields,
                }
            );
        }
        return changes;
    }

    private bool Check(Facts facts, string id, StanceLine line, Dictionary<string, long> seen)
    {
        var before = _wrong.Count;
        if (!StanceRules.HasStance(facts, line.Iso3))
        {
            Wrong(line, "iso3", StanceRules.NoStance(facts, line.Iso3));
        }
        else if (!seen.TryAdd(line.Iso3, line.Line))
        {
            Wrong(
                line,
                "iso3",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"must be there once; {line.Iso3} is on line {seen[line.Iso3]} too"
                )
            );
        }
        if (line.TryGet("resolution", out var resolution) && resolution is not null && resolution != id)
        {
            Wrong(line, "resolution", $"must be {id}: this is a line of another resolution");
        }
        return _wrong.Count == before;
    }

    private async Task Read(
        Write write,
        Facts facts,
        string id,
        StanceLine line,
        IValidator<RecordStanceRequest> validator
    )
    {
        var found = await StandingStance.Read(write.Connection, facts, id, line.Iso3, write.Now);
        var standing = found.Stance;
        if (await WasThen(write, id, line, standing) is not { } was)
        {
            Wrong(
                line,
                "version",
                "must be one that this stance had, as the export has it; leave it empty for what stands"
            );
            return;
        }
        var edit = StanceEdit.Of(line, was, validator, (column, mend) => Wrong(line, column, mend));
        if (edit.Fields.Count == 0 || edit.IsAlready(standing))
        {
            return;
        }
        if (
            edit.Fields.Any(field => field.Field == "contact")
            && !await Contact.Exists(write.Connection, edit.Request!.Contact!)
        )
        {
            Wrong(line, "contact", "must be the id of a contact");
            return;
        }
        if (was.Version != standing.Version)
        {
            _conflicts.Add(
                Conflict(
                    line,
                    StanceConflictKind.MovedOn,
                    standing,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"it was at version {was.Version} when the table was made, and is at {standing.Version} now"
                    )
                )
            );
        }
        else if (found.Barred is { } barred)
        {
            _conflicts.Add(Conflict(line, StanceConflictKind.MayNotVote, standing, barred.ProblemDetails.Detail!));
        }
        _edits.Add((line, edit));
    }

    // The stance at the line's version; as it stands, where the line names none.
    private static async Task<Stance?> WasThen(Write write, string id, StanceLine line, Stance standing)
    {
        if (!line.TryGet("version", out var text) || text is null)
        {
            return standing;
        }
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return null;
        }
        if (version == standing.Version)
        {
            return standing;
        }
        if (version == 0)
        {
            return Stance.Unknown(id, line.Iso3);
        }
        return (
            await write.Connection.QuerySingleOrDefaultAsync<StanceRow>(
                $"""
                SELECT {StanceRow.Columns}
                FROM stance_change
                WHERE resolution = @id AND version = @version AND member_state = @Iso3
                """,
                new
                {
                    id,
                    version,
                    line.Iso3,
                }
            )
        )?.Stance;
    }

    private void Wrong(StanceLine line, string column, string mend) =>
        _wrong.Add(string.Create(CultureInfo.InvariantCulture, $"line {line.Line}, {column}: {mend}"));

    private static StanceConflict Conflict(StanceLine line, StanceConflictKind why, Stance standing, string detail) =>
        new()
        {
            Line = line.Line,
            MemberState = line.Iso3,
            Why = why,
            Detail = detail,
            Current = standing,
        };

    private ProblemHttpResult Conflict()
    {
        var named = string.Join(
            ", ",
            _conflicts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.MemberState} (line {c.Line})"))
        );
        var problem = new ProblemDetails
        {
            Type = "/problems/lines-conflict",
            Title = "Some lines do not go with what stands",
            Detail =
                $"Nothing was changed. Look at what stands now, mend these lines (or take them out) and send the table again: {named}.",
            Status = StatusCodes.Status409Conflict,
        };
        problem.Extensions["lines"] = _conflicts;
        return TypedResults.Problem(problem);
    }
}
