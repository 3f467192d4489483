using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Milestones, as the endpoints of numbered records use them.</summary>
internal sealed class MilestoneRecords()
    : RecordsWithHistory<Milestone, MilestoneFields>("milestone", PathParameters.Milestone)
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription =
        "This caller can see no resolution with that id, or the resolution has no milestone with that number that the caller can see.";

    public override Task<Milestone?> Find(DbConnection connection, long id, Caller caller) =>
        MilestoneStore.Find(connection, id, caller);

    public override async Task<Milestone?> FindIn(HttpContext http, DbConnection connection, long id, Caller caller)
    {
        var resolution = await RouteResolution.LoadWithRole(connection, http.Part(PathParameters.Resolution), http);
        return await Find(connection, id, caller) is { } found && found.Resolution == resolution.Id ? found : null;
    }

    public override Task<IEnumerable<Milestone>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    ) => MilestoneStore.ListHistory(connection, id, caller, after, limit);

    public override MilestoneFields FieldsOf(Milestone record) => MilestoneFields.FromContent(record);

    public override async Task<(Milestone? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        Milestone current,
        MilestoneFields fields
    )
    {
        var isVote = current.Kind == MilestoneKind.Vote;
        if (isVote != (fields.Kind == MilestoneKind.Vote))
        {
            return (
                null,
                Problems.Invalid(
                    "kind",
                    isVote
                        ? "must stay vote; delete the milestone instead"
                        : "must not become vote; add a milestone of the kind vote instead"
                )
            );
        }
        if (!isVote)
        {
            return (await Save(write, caller, current, fields.ToContent(fields.PlannedOn!.Value)), null);
        }
        // The validator accepts a vote without a day, which then keeps the one that it has.
        var day = fields.PlannedOn ?? current.PlannedOn;
        var resolution = (await ResolutionStore.Find(write.Connection, current.Resolution))!;
        if (await VoteMilestone.FindWrongDay(write, caller, resolution, day) is { } fault)
        {
            return (null, Problems.Invalid("plannedOn", fault));
        }
        if (!MilestoneFieldsValidator.IsOnTheClock(day, fields.PlannedAt))
        {
            return (
                null,
                Problems.Invalid("plannedAt", MilestoneFieldsValidator.DescribeSkippedHour(day, fields.PlannedAt!))
            );
        }
        if (fields.DoneOn != current.DoneOn)
        {
            return (null, DoneByRollCall());
        }
        await Save(write, caller, current, fields.ToContent(day));
        await VoteMilestone.SetVoteOn(write, caller, resolution, day);
        return (await MilestoneStore.Find(write.Connection, current.Id, caller), null);
    }

    public override Task Delete(Write write, Caller caller, Milestone current) =>
        MilestoneStore.Delete(write, caller, current);

    /// <summary>400: the roll call decides on which day the vote was held.</summary>
    public static ProblemHttpResult DoneByRollCall() =>
        Problems.Invalid("doneOn", "must be left out for a vote: recording the roll call sets it");

    private static async Task<Milestone> Save(Write write, Caller caller, Milestone current, MilestoneContent content)
    {
        write.EraseLog();
        return await MilestoneStore.Update(write, caller, current.Id, current.Resolution, content);
    }
}
