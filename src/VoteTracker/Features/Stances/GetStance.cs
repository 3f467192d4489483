using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>Shows where one member state stands.</summary>
internal static class GetStance
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/stances/{iso3}", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetStance",
                "Stances",
                "Shows where a member state stands",
                "The ETag is the stance's version; a change names it in If-Match. Without a key, where the resolution's visibility is `positions`, the resolution, the member state and its position, and no more."
            )
            .Produces<Stance>()
            .AlsoAnswers<PublicStance>()
            .ReadsConditionally()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(
        string id,
        string iso3,
        HttpContext http,
        Caller caller,
        Db db,
        Facts facts
    )
    {
        var stance = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, http, (c, r) => c.SeesPositions(r.Visibility));
            return StanceRules.HasStance(facts, iso3) ? await Stance.Find(connection, id, iso3) : null;
        });
        if (stance is null)
        {
            return Problems.NoMemberState(iso3);
        }
        return caller.IsViewer
            ? ETags.Answer(http, stance.For(caller), ETags.Of(stance.Version))
            : ETags.Answer(http, PublicStance.Of(stance), ETags.Of(stance.Version));
    }
}
