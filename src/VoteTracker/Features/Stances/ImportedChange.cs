using System.Data.Common;
using VoteTracker.Database.Encryption;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>The change of one stance by an import, and the content before it.</summary>
internal sealed record ImportedChange
{
    /// <summary>The stance as the import made it.</summary>
    public required StanceRevision After { get; init; }

    /// <summary>The version before it; 0 if there was none.</summary>
    public required long Replaced { get; init; }

    /// <summary>The content before it.</summary>
    public required StanceContent Before { get; init; }

    /// <summary>The version that first had the content before it.</summary>
    public required long FirstVersion { get; init; }

    /// <summary>Reads the columns of a revision, `replaced`, the content before, and the version that this restored.</summary>
    public static ImportedChange Read(DbDataReader row, PersonalTexts texts)
    {
        var restoredAt = row.FieldCount - 1;
        var beforeAt = restoredAt - StanceContent.Columns.Count;
        var replaced = row.GetInt64(beforeAt - 1);
        return new ImportedChange
        {
            After = StanceStore.ReadRevision(row, texts),
            Replaced = replaced,
            Before = StanceStore.ReadContent(row, texts, beforeAt),
            FirstVersion = row.IsDBNull(restoredAt) ? replaced : row.GetInt64(restoredAt),
        };
    }
}

/// <summary>A stance that an import changed.</summary>
public sealed record ImportedStance
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The resolution's version that the change made.</summary>
    public required long Version { get; init; }

    /// <summary>The fields that the import changed. The contact is for lobbyists and up.</summary>
    public required IReadOnlyList<StanceFieldChange> Fields { get; init; }

    internal static ImportedStance FromChange(ImportedChange change, Caller caller) =>
        new()
        {
            MemberState = change.After.Stance.MemberState,
            Version = change.After.Stance.Version,
            Fields =
            [
                .. StanceDifference
                    .List(change.Before, change.After.Stance)
                    .Where(field => field.Field != "contact" || caller.May(Right.SeeContacts)),
            ],
        };
}

/// <summary>The fields in which two contents of a stance differ.</summary>
internal static class StanceDifference
{
    /// <summary>Lists the fields that differ, in the order of the columns.</summary>
    public static IReadOnlyList<StanceFieldChange> List(StanceContent from, StanceContent to) =>
        [
            .. from.ToCells()
                .Zip(to.ToCells())
                .Where(pair => pair.First.Value != pair.Second.Value)
                .Select(pair => new StanceFieldChange
                {
                    Field = pair.First.Column,
                    From = pair.First.Value,
                    To = pair.Second.Value,
                }),
        ];
}
