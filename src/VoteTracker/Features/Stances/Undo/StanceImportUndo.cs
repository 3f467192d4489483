using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Changes;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>The changes of an import compared with the current stances, in the transaction that reverts them.</summary>
internal sealed class StanceImportUndo
{
    private readonly StoredStanceImport _import;
    private readonly List<(ImportedChange Change, Stance Current)> _toRestore = [];
    private readonly List<StanceRevertConflict> _conflicts = [];
    private readonly List<ImportedAssignment> _assignments = [];

    private StanceImportUndo(StoredStanceImport import) => _import = import;

    /// <summary>The stances that have changed since, or that may not be restored.</summary>
    public IReadOnlyList<StanceRevertConflict> Conflicts => _conflicts;

    /// <summary>The assignments that are restored.</summary>
    public IReadOnlyList<RestoredAssignee> Assignments =>
        [
            .. _assignments.Select(assignment => new RestoredAssignee
            {
                MemberState = assignment.MemberState,
                From = assignment.CurrentAssignee,
                To = assignment.Before,
            }),
        ];

    /// <summary>The number of stances that have the content from before the import already.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Compares each change of the import with the current stance.</summary>
    public static async Task<StanceImportUndo> Read(Write write, ReferenceData referenceData, StoredStanceImport import)
    {
        var undo = new StanceImportUndo(import);
        foreach (var change in await import.ListChanges(write.Connection))
        {
            await undo.Read(write, referenceData, change);
        }
        foreach (var assignment in await ImportedAssignment.List(write.Connection, import.Id))
        {
            undo.Read(write, assignment);
        }
        return undo;
    }

    /// <summary>Restores the stances that have not changed since, each with its own version and its own row of history.</summary>
    public async Task<IReadOnlyList<RestoredStance>> Save(Write write, Caller caller)
    {
        var restored = new List<RestoredStance>(_toRestore.Count);
        foreach (var (change, current) in _toRestore)
        {
            var (id, iso3) = (current.Resolution, current.MemberState);
            var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.Stance, id, iso3);
            var stance = new Stance(id, iso3, change.Before, version, caller.Label, at);
            StanceStore.Save(
                write,
                stance,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"import {_import.Id} reverted: version {change.Replaced} restored"
                ),
                new StanceOrigin { Restored = change.FirstVersion }
            );
            restored.Add(
                new RestoredStance
                {
                    MemberState = iso3,
                    Restored = change.Replaced,
                    Fields = StanceDifference.List(current, change.Before),
                }
            );
        }
        foreach (var assignment in _assignments)
        {
            await AssignmentStore.Save(
                write,
                caller,
                _import.Resolution,
                assignment.MemberState,
                assignment.Before,
                restored: assignment.BeforeFirst
            );
        }
        // If everything was skipped, the import can still be reverted.
        if (restored.Count > 0 || _assignments.Count > 0 || _conflicts.Count == 0)
        {
            await _import.SaveRevert(write, caller, restored.Count);
        }
        return restored;
    }

    private async Task Read(Write write, ReferenceData referenceData, ImportedChange change)
    {
        var imported = change.After.Stance;
        var (id, iso3) = (imported.Resolution, imported.MemberState);
        var found = StanceStore.FindForUpdate(write.Connection, id, iso3)!;
        var current = found.Stance;
        if (StanceDifference.List(current, change.Before).Count == 0)
        {
            Unchanged++;
        }
        else if (!await IsAsImported(write, change.After, current))
        {
            Add(
                StanceConflictKind.MovedOn,
                current,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the import made version {imported.Version}, and the current version is {current.Version}"
                )
            );
        }
        // As with DELETE, a member that may not vote can become unknown.
        else if (
            change.Before.Position != Position.Unknown
            && found.FindExclusion(referenceData.Roster.Find(iso3)!, write.Now) is { } exclusion
        )
        {
            Add(StanceConflictKind.MayNotVote, current, exclusion.Detail);
        }
        else
        {
            _toRestore.Add((change, current));
        }
    }

    // The column `assignee` of the import.
    private void Read(Write write, ImportedAssignment assignment)
    {
        if (assignment.CurrentFirst == assignment.Version)
        {
            _assignments.Add(assignment);
        }
        else if (assignment.CurrentAssignee != assignment.Before)
        {
            Add(
                StanceConflictKind.MovedOn,
                StanceStore.FindForUpdate(write.Connection, _import.Resolution, assignment.MemberState)!.Stance,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the import made version {assignment.Version} of the assignment, and the current version is {assignment.CurrentVersion}"
                )
            );
        }
    }

    // A stance that was restored to the version of the import has not changed since. Nor has one that its author recorded
    // again with the same content and no new reason. A new reason, or another author, is a new statement.
    private static async Task<bool> IsAsImported(Write write, StanceRevision import, Stance current)
    {
        var imported = import.Stance;
        if (current.Version == imported.Version)
        {
            return true;
        }
        var revision = (
            await StanceStore.FindRevision(write.Connection, current.Resolution, current.MemberState, current.Version)
        )!;
        return revision.FirstVersion == imported.Version
            || (
                current.ChangedBy == imported.ChangedBy
                && (revision.Reason is null || revision.Reason == import.Reason)
                && StanceDifference.List(imported, current).Count == 0
            );
    }

    private void Add(StanceConflictKind why, Stance current, string detail) =>
        _conflicts.Add(
            new StanceRevertConflict
            {
                MemberState = current.MemberState,
                Why = why,
                Detail = detail,
                Current = current,
            }
        );
}
