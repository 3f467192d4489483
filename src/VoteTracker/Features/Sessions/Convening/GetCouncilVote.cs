using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Shows the vote of the Security Council on a session.</summary>
internal sealed class GetCouncilVote(Db db, TimeProvider clock) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/sessions/{id}/council-vote");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Sessions",
                    "Shows the vote of the Security Council on a session",
                    "The totals, and the votes by name if they are recorded. The reference data have the votes on the emergency special sessions that the Council called. The ETag is its version."
                )
                .Produces<CouncilVote>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, ConveningProblems.NoVoteDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        var caller = Caller.FromContext(HttpContext);
        return await db.Read<IResult>(async connection =>
            await SessionStore.Find(connection, id, caller, clock.GetUtcNow()) is null ? SessionProblems.NotFound(id)
            : await ConveningStore.FindVote(connection, id) is { } vote
                ? ETags.Answer(HttpContext, vote.For(caller), ETags.FromVersion(vote.Version))
            : ConveningProblems.NoVote()
        );
    }
}
