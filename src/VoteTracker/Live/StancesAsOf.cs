using System.Data.Common;
using Dapper;

namespace VoteTracker.Live;

/// <summary>The positions of the members on a resolution as of one of its versions.</summary>
internal static class StancesAsOf
{
    // A stance that has not changed since the version is its current row. For the others, the first change after the version
    // has the version before it. So only the changes after the version are read. CROSS JOIN, because SQLite would read the
    // whole history first.
    private const string Sql = """
        WITH later AS MATERIALIZED (
            SELECT member_state AS state, MIN(version) AS first
            FROM stance_change
            WHERE resolution = @id AND version > @version
            GROUP BY member_state
        )
        SELECT member_state, position, certainty
        FROM stance
        WHERE resolution = @id AND version <= @version
        UNION ALL
        SELECT c.member_state, c.position, c.certainty
        FROM later
        CROSS JOIN stance_change c
        WHERE c.resolution = @id AND c.member_state = state AND c.version = (
            SELECT n.replaced FROM stance_change n WHERE n.resolution = @id AND n.version = first AND n.member_state = state
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
