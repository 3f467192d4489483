using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions;

/// <summary>Shows one session.</summary>
internal static class GetSession
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/sessions/{id}", Handle)
            .Needs(Role.Anonymous)
            .Described("GetSession", "Sessions", "Shows a session", "One session by its id, such as `es-10`.")
            .Fails(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Session>, ProblemHttpResult>> Handle(string id, Db db) =>
        await db.Read(connection => Session.Find(connection, id)) is { } session
            ? TypedResults.Ok(session)
            : Problems.NotFound("There is no such session; they are listed at /v1/sessions.");
}
