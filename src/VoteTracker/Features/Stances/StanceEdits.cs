using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>A table's lines held against what stands, in the transaction that is to change it.</summary>
internal sealed partial class StanceEdits
{
    private readonly List<(CsvRecord Row, StanceEdit Edit)> _edits = [];
    private readonly List<StanceConflict> _conflicts = [];
    private readonly CsvProblems _problems;

    private StanceEdits(CsvProblems problems) => _problems = problems;

    /// <summary>400 with every wrong line, else 409 with every line that does not go with what stands; null where all do.</summary>
    public ProblemHttpResult? Problem =>
        _problems.Count > 0 ? _problems.Problem
        : _conflicts.Count > 0 ? Conflict()
        : null;

    /// <summary>Reads each line: what it edits, of what the stance was when the table was made.</summary>
    public static async Task<StanceEdits> Read(Write write, ReferenceData facts, string id, StanceSheet sheet)
    {
        // A write can run a second time.
        sheet.Table.Problems.Clear();
        var edits = new StanceEdits(sheet.Table.Problems);
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        var states = await StateNames.Load(write.Connection);
        foreach (var row in sheet.Table.Rows.Where(row => row.HasAny(StanceSheet.Editable)))
        {
            if (edits.Check(facts, states, id, row, seen))
            {
                await edits.Read(write, facts, id, row, sheet.Validator);
            }
        }
        return edits;
    }

    /// <summary>Writes them: a version and a row of history each, as if each had been recorded alone.</summary>
    public async Task<IReadOnlyList<StanceLineChange>> Save(Write write, Caller caller, string id)
    {
        var changes = new List<StanceLineChange>();
        foreach (var (row, edit) in _edits)
        {
            var (version, at) = await Change.Raise(write, caller, ChangeKind.Stance, id, row.Iso3);
            var request = edit.Request;
            var unknown = Stance.Unknown(id, row.Iso3);
            await StanceHistory.Insert(
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
                    Line = row.Line,
                    MemberState = row.Iso3,
                    Fields = edit.Fields,
                }
            );
        }
        return changes;
    }

    private bool Check(
        ReferenceData facts,
        IReadOnlyDictionary<string, StateNames> states,
        string id,
        CsvRecord row,
        Dictionary<string, long> seen
    )
    {
        var before = _problems.Count;
        if (!StanceRules.HasStance(facts, row.Iso3))
        {
            row.Wrong("iso3", StanceRules.NoStance(facts, row.Iso3));
        }
        else if (!seen.TryAdd(row.Iso3, row.Line))
        {
            row.Wrong(
                "iso3",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"must be there once; {row.Iso3} is also on line {seen[row.Iso3]}"
                )
            );
        }
        else if (row["resolution"] is { } resolution && resolution != id)
        {
            row.Wrong(
                "resolution",
                $"must be {id}, the resolution of this address; found {SafeText.Quote(resolution)}"
            );
        }
        else
        {
            states[row.Iso3].Contradicts(row);
        }
        return _problems.Count == before;
    }

    private async Task Read(
        Write write,
        ReferenceData facts,
        string id,
        CsvRecord row,
        IValidator<RecordStanceRequest> validator
    )
    {
        var found = await StanceForUpdate.Load(write.Connection, facts, id, row.Iso3, write.Now);
        var standing = found.Stance;
        if (await WasThen(write, id, row, standing) is not { } was)
        {
            row.Wrong("version", NoVersion(row["version"]!));
            return;
        }
        var edit = StanceEdit.Create(row, was, validator);
        if (edit.Fields.Count == 0 || edit.IsAlready(standing))
        {
            return;
        }
        if (
            edit.Fields.Any(field => field.Field == "contact")
            && !await Contact.Exists(write.Connection, edit.Request!.Contact!)
        )
        {
            row.Wrong("contact", "must be the id of a contact");
            return;
        }
        if (was.Version != standing.Version)
        {
            _conflicts.Add(
                Conflict(
                    row,
                    StanceConflictKind.MovedOn,
                    standing,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"it was at version {was.Version} when the table was made, and is at {standing.Version} now"
                    )
                )
            );
        }
        else if (found.NotEligible is { } barred)
        {
            _conflicts.Add(Conflict(row, StanceConflictKind.MayNotVote, standing, barred.ProblemDetails.Detail!));
        }
        _edits.Add((row, edit));
    }

    // The stance at the line's version; as it stands, where the line names none.
    private static async Task<Stance?> WasThen(Write write, string id, CsvRecord row, Stance standing)
    {
        if (row["version"] is not { } text)
        {
            return standing;
        }
        if (!CsvCells.TryWhole(text, out var version))
        {
            return null;
        }
        if (version == standing.Version)
        {
            return standing;
        }
        if (version == 0)
        {
            return Stance.Unknown(id, row.Iso3);
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
                    row.Iso3,
                }
            )
        )?.Stance;
    }

    private static string NoVersion(string text) =>
        Rounded().IsMatch(text)
            ? $"must have all its digits; a spreadsheet wrote {SafeText.Quote(text)}: open the export again with this column as text"
            : $"must be one that this stance had, as in the export, or empty for the current one; found {SafeText.Quote(text)}";

    // As spreadsheets write numbers that are too long for the column: 9.00719E+15.
    [GeneratedRegex(
        @"^[0-9]([.,][0-9]+)?[Ee]\+?[0-9]+\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Rounded();

    private static StanceConflict Conflict(CsvRecord row, StanceConflictKind why, Stance standing, string detail) =>
        new()
        {
            Line = row.Line,
            MemberState = row.Iso3,
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
        return ConflictTypes.LinesConflict.CreateWith("lines", _conflicts, named);
    }
}
