using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Shows whether a session can convene, and what is missing.</summary>
internal sealed class GetConvening(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<ConveningReport>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/sessions/{id}/convening");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Sessions",
                    "Shows whether a session can convene, and what is missing",
                    "An emergency special session convenes within 24 hours after a request of the Security Council, by the votes of any nine members, or of a majority of the members (rules 8 (b) and 9 (b), resolution 377 A (V)). Until 30 August 1965 the Council needed seven votes. The vote is procedural, so there is no veto. A resumption needs what the resolution that adjourned the session says; no number is assumed."
                )
                .Takes(Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, SessionProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Localized<ConveningReport>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Session);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var now = clock.Moment();
        return await db.Read<Results<Localized<ConveningReport>, ProblemHttpResult>>(async connection =>
            await SessionStore.Find(connection, id, caller, now) is not { } session ? SessionProblems.NotFound(id)
            : query.Problem is { } problem ? problem
            : Localized.Ok(await ConveningReport.Load(connection, referenceData, session, now), language)
        );
    }
}
