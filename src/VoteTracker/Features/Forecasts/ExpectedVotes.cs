using System.Data.Common;
using Dapper;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Forecasts;

/// <summary>What was expected of each member when a vote was taken, beside what it did.</summary>
internal static class ExpectedVotes
{
    /// <summary>
    /// Reads it; empty where no stance was recorded. Stances stay as they were when the vote was taken, for nobody can
    /// change them afterwards. Who could not vote that day is left out.
    /// </summary>
    public static async Task<IReadOnlyList<Expected>> Load(
        DbConnection connection,
        ReferenceData facts,
        VotingRecord record,
        ForecastParameters numbers,
        string id
    )
    {
        var text = await connection.QuerySingleOrDefaultAsync<TextRow>(
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
        if (text?.Names is null)
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
        var barred = (
            await connection.QueryAsync<string>(
                """
                SELECT member_state
                FROM ineligibility
                WHERE ended_at IS NULL AND from_day <= @Day AND (until_day IS NULL OR until_day >= @Day)
                """,
                new { text.Day }
            )
        ).ToHashSet(StringComparer.Ordinal);
        var view = record.Before(
            new PastResolution
            {
                Resolution = id,
                Session = text.Session,
                Title = text.Title,
                Day = text.Day,
                Names = text.Names,
            }
        );
        return
        [
            .. PackedNames
                .Unpack(text.Names)
                .Where(name => facts.Roster.Find(name.MemberState) is not null && !barred.Contains(name.MemberState))
                .Select(name => Of(name, stances.GetValueOrDefault(name.MemberState))),
        ];

        Expected Of(NamedVote name, StanceRow? stance)
        {
            var ballot = new Ballot(
                name.MemberState,
                EnumWord<Position>.ParseOrNull(stance?.Position) ?? Position.Unknown,
                EnumWord<Certainty>.ParseOrNull(stance?.Certainty),
                Eligible: true
            );
            var days = stance is null ? 0 : text.Day.DayNumber - NewYork.DayOf(stance.ChangedAt).DayNumber;
            return new Expected(
                ballot,
                EnumWord<Evidence>.ParseOrNull(stance?.Evidence),
                stance?.ChangedBy,
                Expectation.Create(ballot, days, view, numbers).Chances,
                name.Vote
            );
        }
    }

    private sealed record TextRow
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
