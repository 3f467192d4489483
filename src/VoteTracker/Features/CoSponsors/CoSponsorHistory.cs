using System.Data.Common;
using Dapper;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Reads the changes of co-sponsors. <see cref="CoSponsorStore"/> has the columns, and writes the changes.</summary>
internal static class CoSponsorHistory
{
    /// <summary>
    /// Lists the changes of one co-sponsor after a version, each with the row before it; the oldest first. The row before is
    /// null for the first change.
    /// </summary>
    public static async Task<IReadOnlyList<(CoSponsorRow? Before, CoSponsorRow After)>> List(
        DbConnection connection,
        string resolution,
        string memberState,
        long after,
        int limit
    )
    {
        // The first row is the last change before the page, if there is one.
        var rows = await connection.QueryAsync<CoSponsorRow>(
            $"""
            SELECT {CoSponsorStore.Columns}
            FROM co_sponsor_change
            WHERE resolution = @resolution AND member_state = @memberState AND version >= COALESCE((
                SELECT MAX(version) FROM co_sponsor_change
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
            }
        );
        var changes = new List<(CoSponsorRow? Before, CoSponsorRow After)>();
        CoSponsorRow? before = null;
        var texts = PersonalTexts.Of(connection);
        foreach (var row in rows.Select(row => row.Decrypt(texts)))
        {
            if (row.Version > after && changes.Count < limit)
            {
                changes.Add((before, row));
            }
            before = row;
        }
        return changes;
    }
}
