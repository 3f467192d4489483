using System.Data.Common;
using Dapper;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Forecasts;

/// <summary>The expected vote of each member at the time of a vote, and its actual vote.</summary>
internal static class ExpectedVotes
{
    /// <summary>
    /// Loads the expected votes; empty if no stance was recorded. Stances cannot be changed after the vote, so the current
    /// ones are used. Members that could not vote that day are left out.
    /// </summary>
    public static async Task<IReadOnlyList<Expected>> Load(
        DbConnection connection,
        ReferenceData referenceData,
        VotingRecord record,
        ForecastParameters numbers,
        string id
    )
    {
        var resolution = await connection.QuerySingleOrDefaultAsync<ResolutionRow>(
            $"""
            SELECT r.session, r.title, c.recorded_on AS day, c.names
            FROM resolution r
            JOIN roll_call c ON c.resolution = r.id AND c.version = (
                SELECT version FROM roll_call WHERE resolution = @id AND {CurrentRollCall.Newest}
            )
            WHERE r.id = @id
            """,
            new { id }
        );
        // The roll call can have been removed since the caller listed the resolutions.
        if (resolution?.Names is null)
        {
            return [];
        }
        var stances = (
            await connection.QueryAsync<StanceRow>(
                """
                SELECT member_state, position, certainty, evidence, changed_at, changed_by
                FROM stance
                WHERE resolution = @id AND position <> 'unknown'
                """,
                new { id }
            )
        ).ToDictionary(row => row.MemberState, StringComparer.Ordinal);
        if (stances.Count == 0)
        {
            return [];
        }
        var ineligible = (
            await connection.QueryAsync<string>(
                """
                SELECT member_state
                FROM ineligibility
                WHERE ended_at IS NULL AND from_day <= @Day AND (until_day IS NULL OR until_day >= @Day)
                """,
                new { resolution.Day }
            )
        ).ToHashSet(StringComparer.Ordinal);
        var prediction = record.Before(
            new PastResolution
            {
                Resolution = id,
                Session = resolution.Session,
                Title = resolution.Title,
                Day = resolution.Day,
                Names = resolution.Names,
            }
        );
        return
        [
            .. PackedNames
                .Unpack(resolution.Names)
                .Where(name =>
                    referenceData.Roster.Find(name.MemberState) is not null && !ineligible.Contains(name.MemberState)
                )
                .Select(name => ToExpected(name, stances.GetValueOrDefault(name.MemberState))),
        ];

        Expected ToExpected(NamedVote name, StanceRow? stance)
        {
            var ballot = new Ballot(
                name.MemberState,
                EnumWord<Position>.ParseOrNull(stance?.Position) ?? Position.Unknown,
                EnumWord<Certainty>.ParseOrNull(stance?.Certainty),
                Eligible: true
            );
            var days = stance is null ? 0 : resolution.Day.DayNumber - NewYork.DayOf(stance.ChangedAt).DayNumber;
            return new Expected(
                ballot,
                EnumWord<Evidence>.ParseOrNull(stance?.Evidence),
                stance?.ChangedBy,
                Expectation.Create(ballot, days, prediction, numbers).Chances,
                name.Vote
            );
        }
    }

    private sealed record ResolutionRow
    {
        public string Session { get; init; } = "";
        public string Title { get; init; } = "";
        public DateOnly Day { get; init; }
        public string? Names { get; init; }
    }

    private sealed record StanceRow
    {
        public string MemberState { get; init; } = "";
        public string Position { get; init; } = "";
        public string? Certainty { get; init; }
        public string? Evidence { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";
    }
}
