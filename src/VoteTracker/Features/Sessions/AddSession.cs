using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Sessions.Convening;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>Adds a session that is requested.</summary>
internal sealed class AddSession(Db db) : Endpoint<AddSessionRequest, Results<Created<Session>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/sessions");
        Description(route =>
            route
                .Requires(Right.ManageSessions)
                .AcceptsIdempotencyKey()
                .Described(
                    "Sessions",
                    "Adds a session that is requested",
                    "Its status is `requested` until it convenes, and viewers and up see it. A new emergency special session takes the next number after those that have convened. The id of a session that is withdrawn is free: it is requested again with the new subject, and the earlier requests and vote of the Council are deleted. Resolutions can be opened in it, so that the campaign can count before it convenes."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status409Conflict, "The id is taken.")
        );
    }

    public override async Task<Results<Created<Session>, ProblemHttpResult>> ExecuteAsync(
        AddSessionRequest request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        return await db.Once(HttpContext)
            .Write<Results<Created<Session>, ProblemHttpResult>>(async write =>
            {
                var id = request.Id!;
                var taken = await SessionStore.Find(write.Connection, id, caller, write.Now);
                var withdrawn = taken is { Status: SessionStatus.Withdrawn } ? taken : null;
                if (withdrawn is null && taken is { Status: not SessionStatus.Scheduled } or { ChangedBy: not null })
                {
                    return PreparationConflictTypes.DuplicateSession.Create(id);
                }
                var (session, errors) = await NewSession.Create(write.Connection, request, caller, write.Now);
                if (session is null)
                {
                    return Problems.Invalid(errors);
                }
                if (withdrawn is not null)
                {
                    await ConveningStore.Clear(write, caller, id);
                }
                var added = await SessionStore.Save(write, caller, session, withdrawn);
                ETags.Set(HttpContext, ETags.FromVersion(added.Version));
                return TypedResults.Created($"/v1/sessions/{id}", added);
            });
    }
}
