using System.Data.Common;
using Dapper;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>Loads the state of a resolution from SQL, now or as of a moment, and creates its standings. Null if it does not exist.</summary>
internal static class StateReader
{
    /// <summary>Loads the current standings.</summary>
    public static async Task<Standings?> LoadNow(
        DbConnection connection,
        ReferenceData referenceData,
        string id,
        DateTimeOffset now
    )
    {
        var row = await connection.QuerySingleOrDefaultAsync<ResolutionRow>(
            "SELECT version, changed_at, kind, rule, status, vote_on, visibility FROM resolution WHERE id = @id",
            new { id }
        );
        if (row is null)
        {
            return null;
        }
        return await Load(
            connection,
            referenceData,
            id,
            row,
            now,
            asOf: null,
            """
            SELECT member_state
            FROM co_sponsor
            WHERE resolution = @id AND status = 'signed'
            ORDER BY member_state
            """
        );
    }

    /// <summary>Loads the standings as of a moment (transaction time). Null before the resolution existed.</summary>
    public static async Task<Standings?> LoadAsOf(
        DbConnection connection,
        ReferenceData referenceData,
        string id,
        DateTimeOffset moment
    )
    {
        var row = await connection.QuerySingleOrDefaultAsync<ResolutionRow>(
            """
            SELECT
                c.version, c.at AS changed_at, f.kind, f.rule, f.status, f.vote_on, f.visibility,
                (SELECT COALESCE(MAX(first_version), 1) FROM incarnation WHERE began_at < @moment) AS first_version
            FROM change c
            JOIN resolution_change f ON f.resolution = c.resolution AND f.version = (
                SELECT MAX(version) FROM resolution_change WHERE resolution = @id AND changed_at <= @moment
            )
            WHERE c.resolution = @id AND c.at <= @moment AND c.version IS NOT NULL
            ORDER BY c.at DESC, c.version DESC
            LIMIT 1
            """,
            new { id, moment }
        );
        if (row is null)
        {
            return null;
        }
        return await Load(
            connection,
            referenceData,
            id,
            row,
            moment,
            asOf: moment,
            """
            SELECT member_state
            FROM co_sponsor_change AS newest
            WHERE resolution = @id AND status = 'signed' AND version = (
                SELECT MAX(version) FROM co_sponsor_change
                WHERE resolution = @id AND member_state = newest.member_state AND changed_at <= @at
            )
            ORDER BY member_state
            """
        );
    }

    private static async Task<Standings> Load(
        DbConnection connection,
        ReferenceData referenceData,
        string id,
        ResolutionRow row,
        DateTimeOffset now,
        DateTimeOffset? asOf,
        string coSponsorsSql
    )
    {
        var at = asOf ?? DateTimeOffset.MaxValue;
        var rollCall = await connection.QuerySingleOrDefaultAsync<CountedRollCallRow>(
            $"""
            SELECT
                recorded_on, has_names, names, members, announced_yes, announced_no, announced_abstain,
                announced_non_voting, source
            FROM roll_call
            WHERE resolution = @id AND {CurrentRollCall.NewestThen}
            """,
            new { id, knownUntil = at }
        );
        var fields = row.Fields;
        var basis = Standings.BasisOf(fields.Status, rollCall?.HasNames);
        var state = new ResolutionState
        {
            Resolution = id,
            Version = Math.Max(row.Version, row.FirstVersion),
            ChangedAt = row.ChangedAt,
            Fields = fields,
            RollCall = rollCall?.RollCall,
            Stances =
                basis != Basis.Stances ? ResolutionState.NoStances
                : asOf is null ? await LoadStances(connection, id)
                : await StancesAsOf.Load(connection, id, row.Version),
            Ineligible = basis == Basis.Stances ? await LoadIneligible(connection, at) : [],
            CoSponsors = [.. await connection.QueryAsync<string>(coSponsorsSql, new { id, at })],
        };
        return state.ToStandings(referenceData, now, asOf);
    }

    private static async Task<IReadOnlyDictionary<string, StancePosition>> LoadStances(
        DbConnection connection,
        string id
    ) =>
        (
            await connection.QueryAsync<StancePositionRow>(
                "SELECT member_state, position, certainty FROM stance WHERE resolution = @id",
                new { id }
            )
        ).ToDictionary(row => row.MemberState, row => row.Stance, StringComparer.Ordinal);

    private static async Task<IReadOnlyList<(string MemberState, Spell Spell)>> LoadIneligible(
        DbConnection connection,
        DateTimeOffset at
    ) =>
        [
            .. (
                await connection.QueryAsync<SpellRow>(
                    """
                    SELECT member_state, from_day, until_day
                    FROM ineligibility
                    WHERE entered_at <= @at AND (ended_at IS NULL OR ended_at > @at)
                    """,
                    new { at }
                )
            ).Select(row => (row.MemberState, new Spell(row.FromDay, row.UntilDay))),
        ];

    private sealed record ResolutionRow
    {
        public long Version { get; init; }

        /// <summary>The first version of the incarnation. The version continues from it without a change of the resolution.</summary>
        public long FirstVersion { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string Kind { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Status { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public string Visibility { get; init; } = "";

        public CountedFields Fields => CountedFields.Parse(Kind, Rule, Status, VoteOn, Visibility);
    }

    private sealed record SpellRow
    {
        public string MemberState { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
    }
}
