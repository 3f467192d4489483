using VoteTracker.Features.Assignments;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Lists;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances;

/// <summary>The stances and the assignments that a list changes, with the tally before and after.</summary>
internal sealed class StanceListEdits(
    ListWrite list,
    ReferenceData referenceData,
    string resolution,
    StanceSheet sheet,
    StanceEdits stances,
    AssignmentEdits assignments
) : IListEdits<StanceImport>
{
    /// <summary>The lines that change something.</summary>
    public IReadOnlyList<ComparedLine> Lines =>
        [
            .. stances.ChangedRows.Select(row => new ComparedLine(row.Line, row.Iso3, ChangeKind.Stance)),
            .. assignments.Edits.Select(edit => new ComparedLine(edit.Row.Line, edit.Row.Iso3, ChangeKind.Assignment)),
        ];

    /// <summary>Saves them as one import.</summary>
    public async Task<StanceImport> Save()
    {
        var (write, caller) = (list.Write, list.Caller);
        var before = await Count();
        var import = await StoredStanceImport.Insert(
            write,
            caller,
            resolution,
            stances.ChangedRows.Count,
            assignments.Edits.Count
        );
        var changes = StanceLineChange.Add(await stances.Save(write, caller, resolution, import), assignments.Edits);
        await assignments.Save(write, caller, resolution, import);
        var after = await Count();
        var table = sheet.Table;
        return new StanceImport
        {
            Id = list.IsDryRun ? null : import,
            Resolution = resolution,
            DryRun = list.IsDryRun,
            Lines = table.Rows.Count,
            Unchanged = table.Rows.Count - changes.Count,
            Changes = changes,
            Before = before,
            After = after,
            Turns = before.Reached != after.Reached,
            HeaderLine = table.HeaderLine,
            IgnoredColumns = table.IgnoredColumns,
            MappedColumns = table.MappedColumns,
            OtherSheets = table.OtherSheets,
        };
    }

    private async Task<Tally> Count() =>
        Tally.FromStandings(
            (await StateReader.LoadNow(list.Write.Connection, referenceData, resolution, list.Write.Now))!
        );
}
