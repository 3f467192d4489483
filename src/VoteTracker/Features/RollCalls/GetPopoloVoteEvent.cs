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

/// <summary>Shows the recorded vote on a resolution as a Popolo VoteEvent.</summary>
internal sealed class GetPopoloVoteEvent(Db db, ReferenceData referenceData) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/roll-call/popolo");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Shows the recorded vote as a Popolo VoteEvent",
                    "For tools that read Popolo (https://www.popoloproject.com/), with its field names and option words. `non-voting` is its `not voting` and not its `absent`, because the record does not say who was in the hall. Popolo has no field for the vote that a member later said it had intended."
                )
                .Produces<PopoloVoteEvent>()
                .ReadsConditionally()
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
        var (resolution, rollCall) = await db.Read(async connection =>
            (await RouteResolution.Load(connection, id, caller), await RollCall.Find(connection, referenceData, id))
        );
        return rollCall is null
            ? Problems.NotFound($"No vote on '{id}' is recorded.")
            : ETags.Answer(
                HttpContext,
                PopoloVoteEvent.Create(rollCall, resolution),
                ETags.FromVersion(rollCall.Version)
            );
    }
}
