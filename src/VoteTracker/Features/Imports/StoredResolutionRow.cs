using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Imports;

/// <summary>A text in the database as the file is compared with it: its fields, and the newest roll call of the Library.</summary>
internal sealed record StoredResolutionRow
{
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public string Session { get; init; } = "";
    public string Rule { get; init; } = "";
    public string? RecordUrl { get; init; }
    public DateOnly? RecordedOn { get; init; }
    public string? Names { get; init; }
    public int? Members { get; init; }
    public int? AnnouncedYes { get; init; }
    public int? AnnouncedNo { get; init; }
    public int? AnnouncedAbstain { get; init; }
    public int? AnnouncedNonVoting { get; init; }

    public static Task<StoredResolutionRow> Find(DbConnection connection, string id) =>
        connection.QuerySingleAsync<StoredResolutionRow>(
            """
            SELECT
                r.symbol, r.title, r.session, r.rule, r.record_url, c.recorded_on, c.names, c.members, c.announced_yes,
                c.announced_no, c.announced_abstain, c.announced_non_voting
            FROM resolution r
            LEFT JOIN roll_call c ON c.resolution = r.id AND c.version = (
                SELECT MAX(version) FROM roll_call WHERE resolution = r.id AND source = 'library'
            )
            WHERE r.id = @id
            """,
            new { id }
        );

    public bool IsSameText(ImportedResolution text) =>
        (Symbol, Title, Session, Rule, RecordUrl) == (text.Symbol, text.Title, text.Session, text.Rule, text.Url);

    public bool IsSameVote(ImportedResolution text, bool namesAlone) =>
        Names == text.Names
        && (
            namesAlone
            || (RecordedOn, Members, AnnouncedYes, AnnouncedNo, AnnouncedAbstain, AnnouncedNonVoting)
                == (text.Day, text.Members, text.Yes, text.No, text.Abstain, text.NonVoting)
        );
}
