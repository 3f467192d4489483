using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Assigns a state to a team member.</summary>
internal sealed class RecordAssignment(Db db, AssignmentRecords records, TeamMembers members)
    : RecordOfState<RecordAssignmentRequest, Assignment>(db, records)
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/assignments/{iso3}");
        Description(route =>
            route
                .Requires(Right.AssignStates)
                .Described(
                    "Assignments",
                    "Assigns a state",
                    "To the holder of a valid key. An assignment has its own version; it does not change the tally or the version of the resolution. 201 if the state was not assigned."
                )
                .Conditional<Assignment>()
                .Writes()
                .Produces<Assignment>(StatusCodes.Status201Created)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, or no member or observer has that code."
                )
        );
    }

    protected override async Task<(Assignment? Saved, ProblemHttpResult? Problem)> Save(
        Write write,
        Caller caller,
        (string Id, string Iso3) place,
        RecordAssignmentRequest request,
        Assignment? current
    )
    {
        var named = new NamedRecords(write, caller, members);
        var assignee = await named.ReadAssignee("assignee", request.Assignee, seesRecord: false);
        if (named.Problem is { } problem)
        {
            return (null, problem);
        }
        await AssignmentStore.Save(write, caller, place.Id, place.Iso3, assignee);
        return (await AssignmentStore.Find(write.Connection, place.Id, place.Iso3), null);
    }
}
