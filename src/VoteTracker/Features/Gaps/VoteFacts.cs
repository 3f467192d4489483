using System.Data.Common;
using Dapper;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Gaps;

/// <summary>The vote as it was planned at a moment: the rule, the day, the text, and the members that may not vote.</summary>
/// <param name="Rule">The majority that the resolution needs.</param>
/// <param name="Basis">The basis of its count; only a count of stances has gaps.</param>
/// <param name="Day">The day of the vote, otherwise the day at the moment.</param>
/// <param name="Text">The number of the text: 0 for the original, 1 for Rev.1.</param>
/// <param name="Ineligible">The codes of the members that may not vote on that day.</param>
internal sealed record VoteFacts(
    MajorityRule Rule,
    Basis Basis,
    DateOnly Day,
    int Text,
    IReadOnlySet<string> Ineligible
)
{
    /// <summary>Loads them; null if the resolution did not exist yet.</summary>
    public static async Task<VoteFacts?> Load(DbConnection connection, GapScope scope)
    {
        var fields = await connection.QueryFirstOrDefaultAsync<FieldsRow>(
            $"""
            SELECT
                rule, status, vote_on, text_version,
                (SELECT has_names FROM roll_call WHERE resolution = @Resolution AND {CurrentRollCall.NewestThen}) AS has_names
            FROM resolution_change
            WHERE resolution = @Resolution AND changed_at <= @At
            ORDER BY version DESC
            LIMIT 1
            """,
            new
            {
                scope.Resolution,
                scope.At,
                knownUntil = scope.At,
            }
        );
        if (fields is null)
        {
            return null;
        }
        var day = fields.VoteOn ?? scope.Today;
        var spells = await connection.QueryAsync<SpellRow>(
            """
            SELECT member_state, from_day, until_day
            FROM ineligibility
            WHERE entered_at <= @At AND (ended_at IS NULL OR ended_at > @At)
            """,
            scope.Values
        );
        return new VoteFacts(
            EnumWord<MajorityRule>.Parse(fields.Rule),
            Standings.BasisOf(EnumWord<ResolutionStatus>.Parse(fields.Status), fields.HasNames),
            day,
            fields.TextVersion,
            spells
                .Where(row => new Spell(row.FromDay, row.UntilDay).Contains(day))
                .Select(row => row.MemberState)
                .ToHashSet(StringComparer.Ordinal)
        );
    }

    private sealed record FieldsRow
    {
        public string Rule { get; init; } = "";
        public string Status { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public int TextVersion { get; init; }
        public bool? HasNames { get; init; }
    }

    private sealed record SpellRow
    {
        public string MemberState { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
    }
}
