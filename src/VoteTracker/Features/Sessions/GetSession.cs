using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions;

/// <summary>Shows one session.</summary>
internal sealed class GetSession(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Session>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/sessions/{id}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Sessions",
                    "Shows a session",
                    "One session by its id, such as `es-10` or `81`. Regular sessions exist up to the one that opens next September. The ETag is its version; a change names it in If-Match."
                )
                .AnswersETag()
                .Fails(StatusCodes.Status404NotFound, SessionProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Session>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        var caller = Caller.FromContext(HttpContext);
        if (
            await db.Read(connection => SessionStore.Find(connection, id, caller, clock.GetUtcNow())) is not { } session
        )
        {
            return SessionProblems.NotFound(id);
        }
        ETags.Set(HttpContext, ETags.FromVersion(session.Version));
        return TypedResults.Ok(session);
    }
}
