using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sessions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Milestones;

/// <summary>
/// The milestone of the kind `vote`. The day of the vote is one fact, the `voteOn` of the resolution: the milestone sets it,
/// and follows it.
/// </summary>
internal static class VoteMilestone
{
    /// <summary>Finds the number of the milestone; null if the resolution has none.</summary>
    public static Task<long?> Find(DbConnection connection, string resolution) =>
        connection.QuerySingleOrDefaultAsync<long?>(
            "SELECT id FROM milestone WHERE resolution = @resolution AND kind = 'vote' AND deleted_at IS NULL",
            new { resolution }
        );

    /// <summary>Finds what is wrong with the day of the vote; null if the resolution can have it.</summary>
    public static async Task<string?> FindWrongDay(Write write, Caller caller, Resolution resolution, DateOnly day)
    {
        if (day == resolution.VoteOn)
        {
            return null;
        }
        if (resolution.Basis != Basis.Stances)
        {
            return resolution.VoteOn is { } voted
                ? $"must be {voted:O}, the day of the vote; found {day:O}"
                : "must be left out, because there is no vote to come";
        }
        var session = await SessionStore.Find(write.Connection, resolution.Session, caller, write.Now);
        return session?.DescribeWrongDay(day) is { } fault ? $"{fault}; found {day:O}" : null;
    }

    /// <summary>Finds why a resolution with a milestone of the vote cannot get this `voteOn`; null if it can.</summary>
    public static async Task<string?> FindWrongVoteOn(DbConnection connection, Resolution resolution, DateOnly? voteOn)
    {
        if (
            voteOn == resolution.VoteOn
            || await Find(connection, resolution.Id) is not { } id
            || await MilestoneStore.Find(connection, id, Caller.Record) is not { } milestone
        )
        {
            return null;
        }
        if (voteOn is not { } day)
        {
            return "must be a day, because the timetable has a milestone of the kind vote; delete the milestone first";
        }
        return MilestoneFieldsValidator.IsOnTheClock(day, milestone.PlannedAt)
            ? null
            : $"must be another day, or the plannedAt of milestone {milestone.Id} another hour: on {day:O} the clocks of New York are put forward, and have no {milestone.PlannedAt}";
    }

    /// <summary>400: the resolution already has the day of its vote, and it is another one.</summary>
    public static ProblemHttpResult OtherDay(DateOnly voteOn, DateOnly found) =>
        Problems.Invalid(
            "plannedOn",
            $"must be {voteOn:O}, the voteOn of the resolution; change that first, or leave the day out; found {found:O}"
        );

    /// <summary>Sets the day of the vote of the resolution, if the milestone has another one.</summary>
    public static async Task SetVoteOn(Write write, Caller caller, Resolution resolution, DateOnly day)
    {
        if (day == resolution.VoteOn)
        {
            return;
        }
        await ResolutionVersion.Raise(write, caller, ChangeKind.Resolution, resolution.Id);
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET vote_on = @day WHERE id = @Id",
            new { resolution.Id, day }
        );
        await ResolutionVersion.SaveFields(write, resolution.Id);
    }

    /// <summary>
    /// Called whenever the fields of a resolution change: the milestone gets their day of the vote, and is done when they
    /// say that the vote is over. If they have no day, they get the one of the milestone.
    /// </summary>
    public static async Task Follow(Write write, string resolution)
    {
        var row = await write.Connection.QuerySingleOrDefaultAsync<VoteRow>(
            """
            SELECT m.id, r.vote_on, r.status, r.changed_by
            FROM milestone m
            JOIN resolution r ON r.id = m.resolution
            WHERE m.resolution = @resolution AND m.kind = 'vote' AND m.deleted_at IS NULL
            """,
            new { resolution }
        );
        // Nothing that this reads is hidden from the service.
        if (row is null || await MilestoneStore.Find(write.Connection, row.Id, Caller.Record) is not { } milestone)
        {
            return;
        }
        if (row.VoteOn is null)
        {
            await write.Connection.ExecuteAsync(
                "UPDATE resolution SET vote_on = @PlannedOn WHERE id = @resolution",
                new { resolution, milestone.PlannedOn }
            );
        }
        var plannedOn = row.VoteOn ?? milestone.PlannedOn;
        DateOnly? doneOn = DoneOn(EnumWord<ResolutionStatus>.Parse(row.Status), plannedOn);
        if (plannedOn != milestone.PlannedOn || doneOn != milestone.DoneOn)
        {
            await MilestoneStore.Update(
                write,
                new Caller(null, row.ChangedBy, null),
                row.Id,
                resolution,
                milestone with
                {
                    PlannedOn = plannedOn,
                    // The clocks of New York skip an hour of one day in spring.
                    PlannedAt = MilestoneFieldsValidator.IsOnTheClock(plannedOn, milestone.PlannedAt)
                        ? milestone.PlannedAt
                        : null,
                    DoneOn = doneOn,
                }
            );
        }
    }

    /// <summary>The day on which the vote was held; null before it.</summary>
    public static DateOnly? DoneOn(ResolutionStatus status, DateOnly voteOn) =>
        status is ResolutionStatus.Adopted or ResolutionStatus.NotAdopted or ResolutionStatus.AdoptedWithoutVote
            ? voteOn
            : null;

    private sealed record VoteRow
    {
        public long Id { get; init; }
        public DateOnly? VoteOn { get; init; }
        public string Status { get; init; } = "";
        public string ChangedBy { get; init; } = "";
    }
}
