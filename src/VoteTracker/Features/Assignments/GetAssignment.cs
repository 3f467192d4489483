using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Shows the assignment of one state.</summary>
internal sealed class GetAssignment(Db db, ReferenceData referenceData) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/assignments/{iso3}");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Assignments",
                    "Shows an assignment",
                    "The team member that a state is assigned to; 404 if there is none. The ETag is its own version."
                )
                .Produces<Assignment>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, AssignmentProblems.NotFoundDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var found = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return await AssignmentStore.Find(connection, id, iso3);
        });
        if (!AssignmentProblems.MayBeAssigned(referenceData, iso3))
        {
            return Problems.NoState(iso3);
        }
        return found is null
            ? AssignmentProblems.NotAssigned(iso3)
            : ETags.Answer(HttpContext, found, ETags.FromVersion(found.Version));
    }
}
