using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Deletes an engagement with its history and its tasks.</summary>
internal sealed class DeleteEngagement(Db db, EngagementRecords records)
    : DeleteNumbered<StateEngagement, EngagementFields>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/engagements/{id}");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .Described(
                    "Engagements",
                    "Deletes an engagement",
                    "For an entry made by mistake. Its history and its tasks are deleted with it. A stance that names it keeps its number."
                )
                .Conditional<StateEngagement>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }
}
