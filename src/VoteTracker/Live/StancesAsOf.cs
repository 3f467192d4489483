using System.Data.Common;
using Dapper;

namespace VoteTracker.Live;

/// <summary>The positions of the members on a resolution as of one of its versions.</summary>
internal static class StancesAsOf
{
    /// <summary>
    /// In SQL: `newest` has the version of each stance as of a version of its resolution. If the stance has changed since then,
    /// its first later change has the version before it. So only later changes are read. The values are `@Resolution` and
    /// `@Version`.
    /// </summary>
    public const string Newest = """
        newest (state, number) AS MATERIALIZED (
            SELECT member_state, version
            FROM stance
            WHERE resolution = @Resolution AND version <= @Version
            UNION ALL
            SELECT state, (
                SELECT n.replaced FROM stance_change n
                WHERE n.resolution = @Resolution AND n.version = first AND n.member_state = state
            )
            FROM (
                SELECT member_state AS state, MIN(version) AS first
                FROM stance_change
                WHERE resolution = @Resolution AND version > @Version
                GROUP BY member_state
            ) AS later
        )
        """;

    /// <summary>In SQL: the change `c` of each of them. CROSS JOIN, because SQLite would read the whole history first.</summary>
    public const string Changes = "newest CROSS JOIN stance_change c";

    /// <summary>In SQL: the condition of <see cref="Changes"/>.</summary>
    public const string IsNewest = "c.resolution = @Resolution AND c.version = number AND c.member_state = state";

    private const string Sql = $"""
        WITH {Newest}
        SELECT c.member_state, c.position, c.certainty
        FROM {Changes}
        WHERE {IsNewest}
        """;

    /// <summary>Loads the positions that were recorded up to a version, by member.</summary>
    public static async Task<IReadOnlyDictionary<string, StancePosition>> Load(
        DbConnection connection,
        string id,
        long version
    ) =>
        (await connection.QueryAsync<StancePositionRow>(Sql, new { Resolution = id, Version = version })).ToDictionary(
            row => row.MemberState,
            row => row.Stance,
            StringComparer.Ordinal
        );
}
