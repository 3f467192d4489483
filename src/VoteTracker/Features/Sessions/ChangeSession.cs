using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions;

/// <summary>Changes fields of a session, such as its status.</summary>
internal sealed class ChangeSession(Db db)
    : Endpoint<MergePatch<SessionFields>, Results<Ok<Session>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/sessions/{id}");
        RequestBinder(new MergePatchBinder<SessionFields>());
        Description(route =>
            route
                .TakesPatchOf<SessionFields>()
                .Requires(Right.ManageSessions)
                .Described(
                    "Sessions",
                    "Changes a session",
                    MergePatchText.Description
                        + " `status` `convened` makes the session public. A session that a user has changed is not changed by the reference data of a later release."
                )
                .Conditional<Session>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, SessionProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Session>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<SessionFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Session);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Session>, ProblemHttpResult>>(async write =>
        {
            if (await SessionStore.Find(write.Connection, id, caller, write.Now) is not { } current)
            {
                return SessionProblems.NotFound(id);
            }
            var fields = patch.ApplyTo(SessionFields.FromSession(current));
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var (session, errors) = await SessionRules.Change(write.Connection, current, fields, caller, write.Now);
            if (session is null)
            {
                return Problems.Invalid(errors);
            }
            var changed = await SessionStore.Save(write, caller, session, current);
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }
}
