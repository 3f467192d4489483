using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
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
                    "One session by its id, such as `es-10` or `81`. Regular sessions exist up to the one that opens next September."
                )
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Session>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        return await db.Read(connection => Session.Find(connection, id, clock.GetUtcNow())) is { } session
            ? TypedResults.Ok(session)
            : Problems.NotFound(
                ResolutionId.OfText(id) is { } written
                    ? $"There is no session {SafeText.Quote(id)}; they are listed at /v1/sessions?all=true. Ids are lower case: {written}."
                    : $"There is no session {SafeText.Quote(id)}; they are listed at /v1/sessions?all=true."
            );
    }
}
