using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Shows one co-sponsor.</summary>
internal static class GetCoSponsor
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/co-sponsors/{iso3}", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetCoSponsor",
                "Co-sponsors",
                "Shows a co-sponsor",
                "A member or observer behind the text; 404 where it is not. Without a key, only who has signed."
            )
            .Produces<CoSponsor>()
            .ReadsConditionally()
            .Fails(
                StatusCodes.Status404NotFound,
                "This caller can see no resolution of that id, no member or observer has that code, or it is not among the co-sponsors that this caller can see."
            );

    private static async Task<IResult> Handle(
        string id,
        string iso3,
        HttpContext http,
        Caller caller,
        Db db,
        Facts facts
    )
    {
        var coSponsor = await db.Read(async connection =>
        {
            await Resolution.See(connection, id, http, (c, r) => c.SeesCoSponsors(r.Visibility));
            return (await CoSponsor.Find(connection, id, iso3))?.For(caller);
        });
        if (!CoSponsor.MayCoSponsor(facts, iso3))
        {
            return Problems.NoMemberState(iso3);
        }
        return coSponsor is null
            ? Problems.NotFound($"{iso3} is not among the co-sponsors.")
            : ETags.Answer(http, coSponsor, ETags.Of(coSponsor.Version));
    }
}
