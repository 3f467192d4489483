using VoteTracker.Database;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>An assignment that a line of a table changes.</summary>
internal sealed record AssignmentEdit(CsvRecord Row, string? From, string To)
{
    /// <summary>The change as a response shows it.</summary>
    public LineChange ToChange() =>
        new()
        {
            Line = Row.Line,
            MemberState = Row.Iso3,
            Fields =
            [
                new FieldChange
                {
                    Field = AssignmentEdits.Column,
                    From = From,
                    To = To,
                },
            ],
        };
}

/// <summary>
/// The column `assignee` of a table of stances, compared with the current assignments. As with the other columns, only
/// edited cells change something. An empty cell changes nothing.
/// </summary>
internal sealed class AssignmentEdits
{
    /// <summary>The column with the label of a team member.</summary>
    public const string Column = "assignee";

    /// <summary>The column with the version of the assignment at the time of the export.</summary>
    public const string VersionColumn = "assignment_version";

    private readonly List<AssignmentEdit> _edits = [];
    private readonly List<(CsvRecord Row, string Detail)> _conflicts = [];

    /// <summary>The lines that change an assignment.</summary>
    public IReadOnlyList<AssignmentEdit> Edits => _edits;

    /// <summary>The lines whose assignment has changed after the export, with a sentence about it.</summary>
    public IReadOnlyList<(CsvRecord Row, string Detail)> Conflicts => _conflicts;

    /// <summary>Reads the lines. Wrong cells are added to the problems of their lines.</summary>
    public static async Task<AssignmentEdits> Read(
        Write write,
        Caller caller,
        TeamMembers members,
        string resolution,
        IEnumerable<CsvRecord> rows
    )
    {
        var edits = new AssignmentEdits();
        var all = await AssignmentStore.ListAll(write.Connection, resolution, asOf: null);
        var team = await members.Load(write.Connection, caller);
        foreach (var row in rows.Where(row => row[Column] is not null))
        {
            await edits.Read(write, team, resolution, row, all.GetValueOrDefault(row.Iso3));
        }
        return edits;
    }

    /// <summary>Saves each edit with its own version and row of history.</summary>
    /// <param name="write">The write.</param>
    /// <param name="caller">The author.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="import">The import that they belong to; null if there are none.</param>
    public async Task Save(Write write, Caller caller, string resolution, string? import)
    {
        foreach (var edit in _edits)
        {
            await AssignmentStore.Save(write, caller, resolution, edit.Row.Iso3, edit.To, import);
        }
    }

    private async Task Read(Write write, Team team, string resolution, CsvRecord row, StateAssignee? current)
    {
        var exported = current;
        if (row[VersionColumn] is { } text)
        {
            if (
                !CsvCells.TryWhole(text, out var version)
                || version != (current?.Version ?? 0)
                    && version != 0
                    && (exported = await AssignmentStore.FindVersion(write.Connection, resolution, row.Iso3, version))
                        is null
            )
            {
                row.Wrong(
                    VersionColumn,
                    $"must be a version of this assignment, as in the export, or empty for the current one; found {SafeText.Quote(text)}"
                );
                return;
            }
            exported = version == 0 ? null : exported;
        }
        var cell = FreeText.Unguard(row[Column]!);
        if (cell == exported?.Assignee)
        {
            return;
        }
        var (label, fault) = team.FindValid(cell);
        if (fault is not null)
        {
            row.Wrong(Column, fault);
        }
        else if (label != current?.Assignee)
        {
            if ((exported?.Version ?? 0) != (current?.Version ?? 0))
            {
                _conflicts.Add(
                    (
                        row,
                        $"the table has version {exported?.Version ?? 0} of the assignment, and the current version is {current?.Version ?? 0}"
                    )
                );
            }
            _edits.Add(new AssignmentEdit(row, current?.Assignee, label!));
        }
    }
}
