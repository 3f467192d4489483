using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Resolutions;

/// <summary>Shows one resolution.</summary>
internal static class GetResolution
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetResolution",
                "Resolutions",
                "Shows a resolution",
                "One text by its id. A private one is a 404 without a key. The ETag is its version; a change names it in If-Match."
            )
            .ReadsConditionally()
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Resolution>, StatusCodeHttpResult>> Handle(
        string id,
        HttpContext http,
        Caller caller,
        Db db
    )
    {
        var resolution = await db.Read(async connection =>
        {
            var found = await Resolution.See(connection, id, caller);
            return await found.WithVisibleParent(connection, caller);
        });
        return ETags.Answer(http, resolution.For(caller), ETags.Of(resolution.Version));
    }
}
