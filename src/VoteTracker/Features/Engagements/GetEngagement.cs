using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Shows one engagement.</summary>
internal sealed class GetEngagement(Db db) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/engagements/{id}");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described(
                    "Engagements",
                    "Shows an engagement",
                    "The ETag is its version; a change names it in If-Match. Its tasks are at `/v1/tasks?engagement=`."
                )
                .Produces<StateEngagement>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, EngagementProblems.NotFoundDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.Engagement);
        var caller = Caller.FromContext(HttpContext);
        return await db.Read(connection => EngagementStore.Find(connection, id, caller)) is { } engagement
            ? ETags.Answer(HttpContext, engagement, ETags.FromVersion(engagement.Version))
            : EngagementProblems.NotFound();
    }
}
