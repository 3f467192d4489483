using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Shows one co-sponsor.</summary>
internal sealed class GetCoSponsor(Db db, ReferenceData referenceData) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Co-sponsors",
                    "Shows a co-sponsor",
                    "A member or observer that supports the resolution; 404 if it is not recorded. Without a key, only states that have signed."
                )
                .Produces<CoSponsor>()
                .ReadsConditionally()
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution with that id or no such co-sponsor, or no member or observer has that code."
                )
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        var coSponsor = await db.Read(async connection =>
        {
            await RouteResolution.Load(connection, id, HttpContext, (c, r) => c.SeesCoSponsors(r.Visibility));
            return (await CoSponsorStore.Find(connection, id, iso3))?.For(caller);
        });
        if (!CoSponsor.MayCoSponsor(referenceData, iso3))
        {
            return Problems.NoState(iso3);
        }
        return coSponsor is null
            ? CoSponsorProblems.NotAmongThem(iso3)
            : ETags.Answer(HttpContext, coSponsor, ETags.FromVersion(coSponsor.Version));
    }
}
