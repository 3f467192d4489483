using System.Data.Common;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Changes;

namespace VoteTracker.Features.Stances;

/// <summary>A stance as one change made it, and the reason for that change.</summary>
internal sealed record StanceRevision
{
    /// <summary>The stance from this change on.</summary>
    public required Stance Stance { get; init; }

    /// <summary>The reason, in the user's words.</summary>
    public required string? Reason { get; init; }

    /// <summary>The import that made the change; null if it was none.</summary>
    public required string? Import { get; init; }

    /// <summary>The version whose content the change restored, 0 for unknown; null if it restored none.</summary>
    public required long? Restored { get; init; }

    /// <summary>The version that first had the content: the restored one, or its own.</summary>
    public long FirstVersion => Restored ?? Stance.Version;
}

/// <summary>What a revert needs to know of a change that an import or a revert made.</summary>
internal sealed record StanceOrigin
{
    /// <summary>The import that made the change.</summary>
    public string? Import { get; init; }

    /// <summary>The version whose content the change restored; 0 for unknown.</summary>
    public long? Restored { get; init; }
}

/// <summary>Reads the changes of stances. <see cref="StanceStore"/> has the columns, and writes the changes.</summary>
internal static class StanceHistory
{
    /// <summary>Lists the changes of one stance after a version, each with the content before it; the oldest first.</summary>
    public static async Task<IReadOnlyList<(StanceContent Before, StanceRevision After)>> List(
        DbConnection connection,
        string resolution,
        string memberState,
        long after,
        int limit
    )
    {
        // The first row is the last change before the page, if there is one.
        var revisions = await EncryptedRows.Query(
            connection,
            $"""
            SELECT {StanceStore.RevisionColumns}
            FROM stance_change
            WHERE resolution = @resolution AND member_state = @memberState AND version >= COALESCE((
                SELECT MAX(version) FROM stance_change
                WHERE resolution = @resolution AND member_state = @memberState AND version <= @after
            ), 0)
            ORDER BY version
            LIMIT @rows
            """,
            new
            {
                resolution,
                memberState,
                after,
                rows = limit + 1,
            },
            StanceStore.ReadRevision
        );
        var changes = new List<(StanceContent Before, StanceRevision After)>(revisions.Count);
        var before = StanceContent.Unknown;
        foreach (var revision in revisions)
        {
            if (revision.Stance.Version > after && changes.Count < limit)
            {
                changes.Add((before, revision));
            }
            before = revision.Stance;
        }
        return changes;
    }

    /// <summary>Lists the last changes of one stance, each with the content before it; the newest first.</summary>
    public static async Task<IReadOnlyList<(StanceContent Before, StanceRevision After)>> ListNewest(
        DbConnection connection,
        string resolution,
        string memberState,
        int limit
    )
    {
        // One more, because each change shows the content before it. Each change has the version before it, so the history of
        // other states is not read.
        var revisions = await EncryptedRows.Query(
            connection,
            $"""
            WITH RECURSIVE newest (number, place) AS (
                SELECT version, 1
                FROM stance
                WHERE resolution = @resolution AND member_state = @memberState
                UNION ALL
                SELECT (
                    SELECT replaced
                    FROM stance_change
                    WHERE resolution = @resolution AND version = number AND member_state = @memberState
                ), place + 1
                FROM newest
                WHERE number > 0 AND place < @rows
            )
            SELECT {StanceStore.RevisionColumns}
            FROM newest
            CROSS JOIN stance_change
            WHERE resolution = @resolution AND version = number AND member_state = @memberState
            ORDER BY version DESC
            """,
            new
            {
                resolution,
                memberState,
                rows = limit + 1,
            },
            StanceStore.ReadRevision
        );
        return
        [
            .. revisions
                .Select(
                    (after, i) => (i + 1 < revisions.Count ? revisions[i + 1].Stance : StanceContent.Unknown, after)
                )
                .Take(limit),
        ];
    }

    /// <summary>Lists the changes of all stances of a resolution until a moment, after a version and a member state.</summary>
    public static Task<IReadOnlyList<StanceRevision>> ListOfAll(
        DbConnection connection,
        string resolution,
        (long Version, string MemberState) after,
        DateTimeOffset until,
        int limit
    ) =>
        EncryptedRows.Query(
            connection,
            $"""
            SELECT {StanceStore.RevisionColumns}
            FROM stance_change
            WHERE resolution = @resolution AND (version, member_state) > (@Version, @MemberState) AND changed_at <= @until
            ORDER BY version, member_state
            LIMIT @limit
            """,
            new
            {
                resolution,
                after.Version,
                after.MemberState,
                until,
                limit,
            },
            StanceStore.ReadRevision
        );

    /// <summary>Lists the versions of stances whose evidence names a contact, the oldest first.</summary>
    public static async Task<IReadOnlyList<Stance>> ListOfContact(DbConnection connection, string contact) =>
        await EncryptedRows.Query(
            connection,
            $"""
            SELECT {StanceStore.RevisionColumns}
            FROM stance_change
            WHERE contact = @contact
            ORDER BY changed_at, resolution, version, member_state
            """,
            new { contact },
            static (row, texts) => StanceStore.ReadRevision(row, texts).Stance
        );

    /// <summary>Lists the last change of each stance after one moment and up to another, with the number of changes.</summary>
    public static async Task<IReadOnlyList<(int Changes, StanceRevision Last)>> ListLast(
        DbConnection connection,
        string resolution,
        DateTimeOffset from,
        DateTimeOffset to
    ) =>
        await EncryptedRows.Query(
            connection,
            $"""
            SELECT {StanceStore.RevisionColumns}, changes
            FROM (
                SELECT member_state AS state, MAX(version) AS last, COUNT(*) AS changes
                FROM stance_change
                WHERE resolution = @resolution AND changed_at > @from AND changed_at <= @to
                    AND version > @after
                GROUP BY member_state
            ) AS counted
            CROSS JOIN stance_change
            WHERE resolution = @resolution AND version = last AND member_state = state
            """,
            new
            {
                resolution,
                from,
                to,
                after = await ResolutionVersion.FindAt(connection, resolution, from),
            },
            static (row, texts) => ((int)row.GetInt64(row.FieldCount - 1), StanceStore.ReadRevision(row, texts))
        );
}
