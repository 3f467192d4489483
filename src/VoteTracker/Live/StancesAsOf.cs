using System.Data.Common;
using Dapper;

namespace VoteTracker.Live;

/// <summary>The positions of the members on a resolution as of one of its versions.</summary>
internal static class StancesAsOf
{
    // A stance that has not changed since the version is its current row, so that most of the history is not read for a moment
    // of this day. For each of the others, an index of this expression finds the last change before. CROSS JOIN, because SQLite
    // would read the whole history first.
    private const string Sql = """
        SELECT member_state, position, certainty
        FROM stance
        WHERE resolution = @id AND version <= @version
        UNION ALL
        SELECT c.member_state, c.position, c.certainty
        FROM stance s
        CROSS JOIN stance_change c
        WHERE s.resolution = @id AND s.version > @version
            AND c.resolution = s.resolution AND c.member_state = s.member_state AND c.version = (
                SELECT n.version FROM stance_change n
                WHERE n.resolution || ' ' || n.member_state = s.resolution || ' ' || s.member_state
                    AND n.version <= @version
                ORDER BY n.version DESC
                LIMIT 1
            )
        """;

    /// <summary>Loads the positions that were recorded up to a version, by member.</summary>
    public static async Task<IReadOnlyDictionary<string, StancePosition>> Load(
        DbConnection connection,
        string id,
        long version
    ) =>
        (await connection.QueryAsync<StancePositionRow>(Sql, new { id, version })).ToDictionary(
            row => row.MemberState,
            row => row.Stance,
            StringComparer.Ordinal
        );
}
