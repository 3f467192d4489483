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
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Records the status of a state as a co-sponsor.</summary>
internal sealed class RecordCoSponsor(Db db, ReferenceData referenceData)
    : Endpoint<RecordCoSponsorRequest, Results<Ok<CoSponsor>, Created<CoSponsor>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordCoSponsors)
                .Described(
                    "Co-sponsors",
                    "Records a co-sponsor",
                    "A member or observer with its status: wanted, approached, committed, signed or withdrawn. 201 if it was not recorded before."
                )
                .Conditional<CoSponsor>()
                .Writes()
                .Produces<CoSponsor>(StatusCodes.Status201Created)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, or no member or observer has that code."
                )
        );
    }

    public override async Task<Results<Ok<CoSponsor>, Created<CoSponsor>, ProblemHttpResult>> ExecuteAsync(
        RecordCoSponsorRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<CoSponsor>, Created<CoSponsor>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!CoSponsor.MayCoSponsor(referenceData, iso3))
            {
                return Problems.NoState(iso3);
            }
            var current = await CoSponsorStore.Find(write.Connection, id, iso3);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var content = request.ToContent().WithWithdrawal(current, NewYork.DayOf(write.Now));
            var coSponsor = await CoSponsorStore.Save(write, caller, id, iso3, content);
            ETags.Set(HttpContext, ETags.FromVersion(coSponsor.Version));
            return current is null
                ? TypedResults.Created(HttpContext.Request.Path, coSponsor)
                : TypedResults.Ok(coSponsor);
        });
    }
}
