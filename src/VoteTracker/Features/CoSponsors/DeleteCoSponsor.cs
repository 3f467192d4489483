using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Deletes a co-sponsor. Its history stays.</summary>
internal sealed class DeleteCoSponsor(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordCoSponsors)
                .Described(
                    "Co-sponsors",
                    "Deletes a co-sponsor",
                    "For an entry made by mistake. If a state ends its support, record the status `withdrawn`."
                )
                .Conditional<CoSponsor>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, CoSponsorProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!CoSponsor.MayCoSponsor(referenceData, iso3))
            {
                return Problems.NoState(iso3);
            }
            if (await CoSponsorStore.Find(write.Connection, id, iso3) is not { } current)
            {
                return CoSponsorProblems.NotAmongThem(iso3);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var version = await CoSponsorStore.Delete(write, caller, current);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
