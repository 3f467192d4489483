using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>Shows where one member state stands.</summary>
internal sealed class GetStance(Db db, Facts facts) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/{iso3}");
        Description(route =>
            route
                .Needs(Role.Anonymous)
                .Described(
                    "Stances",
                    "Shows where a member state stands",
                    "The ETag is the stance's version; a change names it in If-Match. Without a key, where the resolution's visibility is `positions`, the resolution, the member state and its position, and no more."
                )
                .Produces<Stance>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.Of(HttpContext);
        var stance = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, HttpContext, (c, r) => c.SeesPositions(r.Visibility));
            return StanceRules.HasStance(facts, iso3) ? await Stance.Find(connection, id, iso3) : null;
        });
        if (stance is null)
        {
            return Problems.NoMemberState(iso3);
        }
        return caller.IsViewer
            ? ETags.Answer(HttpContext, stance.For(caller), ETags.Of(stance.Version))
            : ETags.Answer(HttpContext, PublicStance.Of(stance), ETags.Of(stance.Version));
    }
}
