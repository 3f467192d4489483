using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Lists the requests for a session.</summary>
internal sealed class ListSessionRequests(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<SessionRequest>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/sessions/{id}/requests");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Sessions",
                    "Lists the requests for a session",
                    "The members that request it or concur with a request, in the order of their codes. Without a key, the requests for a session that has convened, without notes."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, SessionProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Page<SessionRequest>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Session);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"requests for {id}");
        var requests = await db.Read(async connection =>
            await SessionStore.Find(connection, id, caller, clock.GetUtcNow()) is null
                ? null
                : (await SessionRequestStore.List(connection, id, paging.After, paging.Rows)).ToList()
        );
        return requests is null ? SessionProblems.NotFound(id)
            : query.Problem is { } problem ? problem
            : TypedResults.Ok(
                paging.Page(HttpContext, requests, request => request.For(caller), request => request.MemberState)
            );
    }
}
