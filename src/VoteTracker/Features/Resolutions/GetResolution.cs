using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Resolutions;

/// <summary>Shows one resolution.</summary>
internal sealed class GetResolution(Db db) : EndpointWithoutRequest<Results<Ok<Resolution>, StatusCodeHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Resolutions",
                    "Shows a resolution",
                    "One resolution by its id. A private one is a 404 without a key. The ETag is its version; a change names it in If-Match."
                )
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Resolution>, StatusCodeHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var resolution = await db.Read(async connection =>
        {
            var found = await RouteResolution.Load(connection, id, caller);
            return await ResolutionAccess.HideParent(connection, found, caller);
        });
        return ETags.Answer(HttpContext, resolution.For(caller), ETags.FromVersion(resolution.Version));
    }
}
