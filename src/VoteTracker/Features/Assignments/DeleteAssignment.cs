using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Ends the assignment of a state.</summary>
internal sealed class DeleteAssignment(Db db, AssignmentRecords records) : DeleteOfState<Assignment>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/assignments/{iso3}");
        Description(route =>
            route
                .Requires(Right.AssignStates)
                .Described(
                    "Assignments",
                    "Ends an assignment",
                    "The state is assigned to nobody. If it is assigned again, the version continues."
                )
                .Conditional<Assignment>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, AssignmentProblems.NotFoundDescription)
        );
    }

    protected override Task<long> Delete(Write write, Caller caller, Assignment current) =>
        AssignmentStore.Save(write, caller, current.Resolution, current.MemberState, assignee: null);
}
