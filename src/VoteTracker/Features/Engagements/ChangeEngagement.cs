using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Corrects fields of an engagement.</summary>
internal sealed class ChangeEngagement(Db db, EngagementRecords records)
    : ChangeNumbered<StateEngagement, EngagementFields>(db, records)
{
    public override void Configure()
    {
        Patch("/v1/engagements/{id}");
        RequestBinder(new MergePatchBinder<EngagementFields>());
        Description(route =>
            route
                .TakesPatchOf<EngagementFields>()
                .Requires(Right.EditContacts)
                .Described(
                    "Engagements",
                    "Corrects an engagement",
                    MergePatchText.Description
                        + " The version before stays in the history. Only the author and coordinators change `confidential`. If the member state or the resolution changes, the tasks of the engagement follow it. A stance that was heard in it does not: such a change is a 400 until the stance no longer names the engagement."
                )
                .Conditional<StateEngagement>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }
}
