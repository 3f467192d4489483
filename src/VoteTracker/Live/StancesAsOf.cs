using System.Data.Common;
using Dapper;

namespace VoteTracker.Live;

/// <summary>The positions of the members on a resolution as of one of its versions.</summary>
/// <remarks>
/// A stance that has not changed since then is its current row. The history is read only for the others: backwards from
/// that version, because a stance that changes often has a change nearby.
/// </remarks>
internal static class StancesAsOf
{
    // The numbers of changes that are read before the rest of the history is searched for the members that are left.
    private static readonly int[] Parts = [1_000, 10_000];

    /// <summary>Loads the positions that were recorded up to a version, by member.</summary>
    public static async Task<IReadOnlyDictionary<string, StancePosition>> Load(
        DbConnection connection,
        string id,
        long version
    )
    {
        var current = await connection.QueryAsync<StancePositionRow>(
            "SELECT member_state, position, certainty, version FROM stance WHERE resolution = @id",
            new { id }
        );
        var known = new Dictionary<string, StancePosition>(StringComparer.Ordinal);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in current)
        {
            if (row.Version > version)
            {
                changed.Add(row.MemberState);
            }
            else
            {
                known.Add(row.MemberState, row.Stance);
            }
        }
        foreach (var limit in Parts)
        {
            if (changed.Count == 0)
            {
                return known;
            }
            var part = (
                await connection.QueryAsync<StancePositionRow>(
                    """
                    SELECT member_state, position, certainty, version
                    FROM stance_change
                    WHERE resolution = @id AND version <= @version
                    ORDER BY version DESC
                    LIMIT @limit
                    """,
                    new
                    {
                        id,
                        version,
                        limit,
                    }
                )
            ).ToList();
            foreach (var row in part.Where(row => changed.Remove(row.MemberState)))
            {
                known.Add(row.MemberState, row.Stance);
            }
            if (part.Count < limit)
            {
                return known;
            }
            // Several changes can have the same version.
            version = part[^1].Version;
        }
        if (changed.Count > 0)
        {
            foreach (var row in await LoadRest(connection, id, version, changed))
            {
                known.Add(row.MemberState, row.Stance);
            }
        }
        return known;
    }

    private static Task<IEnumerable<StancePositionRow>> LoadRest(
        DbConnection connection,
        string id,
        long version,
        IEnumerable<string> members
    ) =>
        connection.QueryAsync<StancePositionRow>(
            """
            SELECT member_state, position, certainty
            FROM (
                SELECT
                    member_state, position, certainty,
                    ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY version DESC) AS age
                FROM stance_change
                WHERE resolution = @id AND version <= @version AND member_state IN @members
            ) AS known
            WHERE age = 1
            """,
            new
            {
                id,
                version,
                members,
            }
        );
}
