using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Shows the request of one member for a session.</summary>
internal sealed class GetSessionRequest(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/sessions/{id}/requests/{iso3}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Sessions",
                    "Shows the request of a member for a session",
                    "The day and the document of the request; 404 if none is recorded. The ETag is its version."
                )
                .Produces<SessionRequest>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound, ConveningProblems.NoRequestDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        return await db.Read<IResult>(async connection =>
        {
            if (await SessionStore.Find(connection, id, caller, clock.GetUtcNow()) is null)
            {
                return SessionProblems.NotFound(id);
            }
            if (ConveningProblems.FindState(referenceData, iso3) is { } fault)
            {
                return fault;
            }
            return await SessionRequestStore.Find(connection, id, iso3) is { } request
                ? ETags.Answer(HttpContext, request.For(caller), ETags.FromVersion(request.Version))
                : ConveningProblems.NoRequest(iso3);
        });
    }
}
