using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.RollCalls;

/// <summary>Shows the recorded vote on a resolution.</summary>
internal sealed class GetRollCall(Db db, ReferenceData referenceData) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/roll-call");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Shows the recorded vote",
                    "The vote of every name, the announced totals, and notes on both. Public, whatever the visibility of the resolution. 404 before the vote. The ETag is the resolution's version."
                )
                .Takes(Lang.Parameter)
                .Produces<RollCall>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution of that id, or no vote on it is recorded."
                )
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var rollCall = await db.Read(async connection =>
        {
            await RouteResolution.Load(connection, id, caller);
            return await RollCall.Find(connection, referenceData, id);
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return rollCall is null
            ? Problems.NotFound($"No vote on '{id}' is recorded.")
            : ETags.Answer(HttpContext, rollCall.For(caller), rollCall.Version, language);
    }
}
