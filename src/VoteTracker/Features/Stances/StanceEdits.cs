using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>The rows of a table compared with the current stances, in the transaction that changes them.</summary>
/// <remarks>Over 200 lines because it checks a row against the file, the state, its version and the vote.</remarks>
internal sealed partial class StanceEdits
{
    private readonly List<(CsvRecord Row, StanceEdit Edit)> _edits = [];
    private readonly List<StanceConflict> _conflicts = [];
    private readonly List<CsvRecord> _checked = [];
    private readonly CsvProblems _problems;

    private StanceEdits(CsvProblems problems) => _problems = problems;

    /// <summary>400 with every wrong line, otherwise 409 with every line that conflicts with its current stance; null if there is none.</summary>
    public ProblemHttpResult? Problem =>
        _problems.Count > 0 ? _problems.Problem
        : _conflicts.Count > 0 ? Conflict()
        : null;

    /// <summary>The lines of a member, each once.</summary>
    public IReadOnlyList<CsvRecord> CheckedRows => _checked;

    /// <summary>The lines that change a stance.</summary>
    public IReadOnlyList<CsvRecord> ChangedRows => [.. _edits.Select(edit => edit.Row)];

    /// <summary>Reads each line, and compares it with the stance at the time of the export.</summary>
    public static async Task<StanceEdits> Read(
        Write write,
        ReferenceData referenceData,
        Caller caller,
        string id,
        StanceSheet sheet
    )
    {
        // A write can run again after a conflict.
        sheet.Table.Problems.Clear();
        var edits = new StanceEdits(sheet.Table.Problems);
        var rows = new ListRows(sheet.Table.Rows, [.. StanceSheet.Editable, .. StanceSheet.Changing]);
        foreach (var row in rows.List())
        {
            if (!edits.Check(referenceData, id, row, rows))
            {
                continue;
            }
            edits._checked.Add(row);
            if (row.HasAny(StanceSheet.Editable))
            {
                await edits.Read(write, referenceData, caller, id, row, sheet);
            }
        }
        return edits;
    }

    /// <summary>Adds a line whose assignment has changed after the export.</summary>
    public void AddConflict(Write write, string id, CsvRecord row, string detail) =>
        _conflicts.Add(
            Conflict(
                row,
                StanceConflictKind.MovedOn,
                StanceStore.FindForUpdate(write.Connection, id, row.Iso3)!.Stance,
                detail
            )
        );

    /// <summary>Saves each edit with its own version and its own row of history.</summary>
    public async Task<IReadOnlyList<StanceLineChange>> Save(Write write, Caller caller, string id, string? import)
    {
        var changes = new List<StanceLineChange>();
        foreach (var (row, edit) in _edits)
        {
            var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.Stance, id, row.Iso3);
            var stance = new Stance(id, row.Iso3, edit.Content, version, caller.Label, at);
            StanceStore.Save(write, stance, edit.Reason, new StanceOrigin { Import = import });
            changes.Add(
                new StanceLineChange
                {
                    Line = row.Line,
                    MemberState = row.Iso3,
                    Fields = [.. edit.Fields.Select(StanceFieldChange.FromChange)],
                }
            );
        }
        return changes;
    }

    private bool Check(ReferenceData referenceData, string id, CsvRecord row, ListRows rows)
    {
        var before = _problems.Count;
        if (!StanceRules.HasStance(referenceData, row.Iso3))
        {
            row.Wrong(row.StateColumn, StanceRules.DescribeNoStance(referenceData, row.Iso3));
        }
        else if (rows.CheckUnique(row) && row["resolution"] is { } resolution && resolution != id)
        {
            row.Wrong(
                "resolution",
                $"must be {id}, the resolution of this address; found {SafeText.Quote(resolution)}"
            );
        }
        else
        {
            StateIdentity.Contradicts(row, StateIdentity.All);
        }
        return _problems.Count == before;
    }

    private async Task Read(
        Write write,
        ReferenceData referenceData,
        Caller caller,
        string id,
        CsvRecord row,
        StanceSheet sheet
    )
    {
        var found = StanceStore.FindForUpdate(write.Connection, id, row.Iso3)!;
        var current = found.Stance;
        if (await FindExported(write, id, row, current) is not { } exported)
        {
            row.Wrong("version", DescribeWrongVersion(row["version"]!));
            return;
        }
        var edit = StanceEdit.Create(row, exported, sheet.Evidence, sheet.Validator);
        if (edit.Fields.Count == 0 || edit.IsAlready(current))
        {
            return;
        }
        var faults = await StanceRecorder.FindFaults(
            write,
            caller,
            row.Iso3,
            edit.Content.Contact,
            edit.Content.Engagement,
            exported
        );
        if (faults.Count > 0)
        {
            foreach (var (field, fault) in faults)
            {
                row.Wrong(field, fault);
            }
            return;
        }
        if (exported.Version != current.Version)
        {
            _conflicts.Add(
                Conflict(
                    row,
                    StanceConflictKind.MovedOn,
                    current,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the table has version {exported.Version}, and the current version is {current.Version}"
                    )
                )
            );
        }
        else if (found.FindExclusion(referenceData.Roster.Find(row.Iso3)!, write.Now) is { } exclusion)
        {
            _conflicts.Add(Conflict(row, StanceConflictKind.MayNotVote, current, exclusion.Detail));
        }
        _edits.Add((row, edit));
    }

    // The stance at the version of the row, or the current one if the row has none.
    private static async Task<Stance?> FindExported(Write write, string id, CsvRecord row, Stance current)
    {
        if (row["version"] is not { } text)
        {
            return current;
        }
        if (!CsvCells.TryWhole(text, out var version))
        {
            return null;
        }
        if (version == current.Version)
        {
            return current;
        }
        if (version == 0)
        {
            return Stance.CreateUnknown(id, row.Iso3);
        }
        return await StanceStore.FindVersion(write.Connection, id, row.Iso3, version);
    }

    private static string DescribeWrongVersion(string text) =>
        Rounded().IsMatch(text)
            ? $"must have all its digits; a spreadsheet rounded it to {SafeText.Quote(text)}: open the export again with this column as text"
            : $"must be a version of this stance, as in the export, or empty for the current one; found {SafeText.Quote(text)}";

    // Spreadsheets round numbers that are too long for the column: 9.00719E+15.
    [GeneratedRegex(
        @"^[0-9]([.,][0-9]+)?[Ee]\+?[0-9]+\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Rounded();

    private static StanceConflict Conflict(CsvRecord row, StanceConflictKind why, Stance current, string detail) =>
        new()
        {
            Line = row.Line,
            MemberState = row.Iso3,
            Why = why,
            Detail = detail,
            Current = current,
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
