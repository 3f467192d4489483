using System.Data.Common;
using System.Globalization;
using Dapper;

namespace VoteTracker.Features.Resolutions;

/// <summary>Counts what a resolution has besides its creation. Only a resolution that has nothing else can be deleted.</summary>
internal static class ResolutionHistoryCount
{
    /// <summary>
    /// The tables with rows of the creation: the fields, and the stances of a baseline; share links and calendars, which end;
    /// deleted milestones, which have no text; and a vote day that was discarded. They are deleted in this order.
    /// </summary>
    public static readonly IReadOnlyList<string> DeletedTables =
    [
        "share_link",
        "calendar",
        "milestone",
        "vote_day_vote",
        "vote_day",
        "stance",
        "stance_change",
        "resolution_change",
    ];

    // Each kind with its tables, and a count of the history alone. Deleted entries count, because their history would be lost.
    // A deleted milestone and a discarded vote day have none.
    private static readonly IReadOnlyList<(string One, string Many, string[] Tables, string Count)> Kinds =
    [
        (
            "change of its fields",
            "changes of its fields",
            ["resolution_change"],
            "SELECT COUNT(*) - 1 FROM resolution_change WHERE resolution = @id"
        ),
        (
            "stance",
            "stances",
            ["stance_change", "stance"],
            """
            SELECT COUNT(DISTINCT member_state)
            FROM stance_change
            WHERE resolution = @id AND version > (SELECT MIN(version) FROM resolution_change WHERE resolution = @id)
            """
        ),
        (
            "import of stances",
            "imports of stances",
            ["stance_import"],
            "SELECT COUNT(*) FROM stance_import WHERE resolution = @id"
        ),
        (
            "co-sponsor",
            "co-sponsors",
            ["co_sponsor_change", "co_sponsor"],
            "SELECT COUNT(DISTINCT member_state) FROM co_sponsor_change WHERE resolution = @id"
        ),
        ("roll call", "roll calls", ["roll_call"], "SELECT COUNT(*) FROM roll_call WHERE resolution = @id"),
        (
            "record of the Library",
            "records of the Library",
            ["library_record"],
            "SELECT COUNT(*) FROM library_record WHERE resolution = @id"
        ),
        (
            "amendment, paragraph or motion",
            "amendments, paragraphs or motions",
            ["resolution"],
            "SELECT COUNT(*) FROM resolution WHERE parent = @id"
        ),
        ("scenario", "scenarios", ["scenario"], "SELECT COUNT(*) FROM scenario WHERE resolution = @id"),
        (
            "engagement",
            "engagements",
            ["engagement", "engagement_change"],
            "SELECT COUNT(*) FROM engagement WHERE resolution = @id"
        ),
        ("task", "tasks", ["task", "task_change"], "SELECT COUNT(*) FROM task WHERE resolution = @id"),
        (
            "assignment",
            "assignments",
            ["assignment", "assignment_change"],
            "SELECT COUNT(*) FROM assignment WHERE resolution = @id"
        ),
        ("comment", "comments", ["comment"], "SELECT COUNT(*) FROM comment WHERE resolution = @id"),
        ("endorsement", "endorsements", ["endorsement"], "SELECT COUNT(*) FROM endorsement WHERE resolution = @id"),
        ("act", "acts", ["act"], "SELECT COUNT(*) FROM act WHERE resolution = @id"),
        ("pressure", "pressures", ["pressure"], "SELECT COUNT(*) FROM pressure WHERE resolution = @id"),
        (
            "vote day",
            "vote days",
            ["vote_day_vote", "vote_day"],
            "SELECT COUNT(*) FROM vote_day WHERE resolution = @id AND status IS NOT NULL"
        ),
        (
            "milestone",
            "milestones",
            ["milestone", "milestone_change"],
            "SELECT COUNT(*) FROM milestone WHERE resolution = @id AND deleted_at IS NULL"
        ),
    ];

    /// <summary>The tables whose rows prevent the deletion.</summary>
    public static IEnumerable<string> CountedTables => Kinds.SelectMany(kind => kind.Tables);

    /// <summary>Describes what a resolution has, such as "2 stances, 1 co-sponsor"; null if it has nothing but its creation.</summary>
    public static async Task<string?> Describe(DbConnection connection, string id)
    {
        var found = new List<string>();
        foreach (var (one, many, _, sql) in Kinds)
        {
            if (await connection.ExecuteScalarAsync<long>(sql, new { id }) is > 0 and var count)
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}"));
            }
        }
        return found.Count == 0 ? null : string.Join(", ", found);
    }
}
