using System.Data.Common;
using Dapper;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Digests;

/// <summary>The co-sponsors of a resolution that changed between two moments.</summary>
internal static class CoSponsorMoves
{
    /// <summary>Lists the changes by the codes of the states. A status that changed and changed back is not listed.</summary>
    public static async Task<IReadOnlyList<CoSponsorMove>> List(
        DbConnection connection,
        string resolution,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var last = (
            await connection.QueryAsync<LastRow>(
                """
                SELECT member_state, status, role, text_version, changed_by, changed_at
                FROM (
                    SELECT
                        member_state, status, role, text_version, changed_by, changed_at,
                        ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY version DESC) AS age
                    FROM co_sponsor_change
                    WHERE resolution = @resolution AND changed_at > @from AND changed_at <= @to
                ) AS changes
                WHERE age = 1
                ORDER BY member_state
                """,
                new
                {
                    resolution,
                    from,
                    to,
                }
            )
        ).ToList();
        if (last.Count == 0)
        {
            return [];
        }
        var before = await CoSponsorStore.ListAll(connection, resolution, from);
        return
        [
            .. last.Select(row => (Before: before.GetValueOrDefault(row.MemberState), After: row))
                .Where(pair => HasMoved(pair.Before, pair.After))
                .Select(pair => new CoSponsorMove
                {
                    MemberState = pair.After.MemberState,
                    From = pair.Before?.Status,
                    To = pair.After.StatusAfter,
                    Role = pair.After.RoleAfter ?? pair.Before!.Role,
                    TextVersion = pair.After.Text,
                    ChangedBy = pair.After.ChangedBy,
                    ChangedAt = pair.After.ChangedAt,
                }),
        ];
    }

    private static bool HasMoved(CoSponsor? before, LastRow after) =>
        before?.Status != after.StatusAfter
        || (before is not null && (before.Role != after.RoleAfter || before.TextVersion != after.Text));

    private sealed record LastRow
    {
        public string MemberState { get; init; } = "";
        public string? Status { get; init; }
        public string? Role { get; init; }
        public int TextVersion { get; init; }
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }

        public CoSponsorStatus? StatusAfter => EnumWord<CoSponsorStatus>.ParseOrNull(Status);

        public string? Text => DraftText.ToText(TextVersion);

        public CoSponsorRole? RoleAfter => EnumWord<CoSponsorRole>.ParseOrNull(Role);
    }
}
