using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Shows one veto.</summary>
internal sealed class GetCouncilVeto(Db db) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/council-vetoes/{id}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described("Council vetoes", "Shows a veto", "The ETag is its version; a change names it in If-Match.")
                .Produces<CouncilVeto>()
                .AnswersETag()
                .Fails(StatusCodes.Status404NotFound, VetoRules.NotFoundDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.CouncilVeto);
        var caller = Caller.FromContext(HttpContext);
        if (await db.Read(connection => VetoStore.Find(connection, id, caller)) is not { } veto)
        {
            return Problems.NotFound("There is no such veto.");
        }
        // Never a 304: the session of the veto becomes public without a new version.
        ETags.Set(HttpContext, ETags.FromVersion(veto.Version));
        return TypedResults.Ok(veto);
    }
}
