using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Records the request of a member for a session.</summary>
internal sealed class RecordRequest(Db db, ReferenceData referenceData)
    : Endpoint<RecordSessionRequest, Results<Ok<SessionRequest>, Created<SessionRequest>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/sessions/{id}/requests/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordRequests)
                .Described(
                    "Sessions",
                    "Records the request of a member for a session",
                    "Also its concurrence with the request of another member (rule 9). Each member counts once: a second request of the same member replaces the first, and names its version. 201 if none was recorded."
                )
                .Conditional<SessionRequest>()
                .Writes()
                .Produces<SessionRequest>(StatusCodes.Status201Created)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no session with that id, or no member state has that code."
                )
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The state was not a member on that day, or no request is counted for the session."
                )
        );
    }

    public override async Task<Results<Ok<SessionRequest>, Created<SessionRequest>, ProblemHttpResult>> ExecuteAsync(
        RecordSessionRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Session);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<SessionRequest>, Created<SessionRequest>, ProblemHttpResult>>(async write =>
        {
            if (await SessionStore.Find(write.Connection, id, caller, write.Now) is not { } session)
            {
                return SessionProblems.NotFound(id);
            }
            if (
                (ConveningProblems.FindState(referenceData, iso3) ?? ConveningProblems.FindUncountedRequest(session)) is
                { } fault
            )
            {
                return fault;
            }
            var day = request.RequestedOn!.Value;
            var added = await SessionStore.FindFirstDay(write.Connection, id);
            if (FindWrongDay(session, day, NewYork.DayOf(write.Now), added) is { } wrong)
            {
                return Problems.Invalid("requestedOn", wrong);
            }
            if (!referenceData.Roster.Find(iso3)!.IsMemberOn(day))
            {
                return PreparationConflictTypes.NotAMemberThen.Create(iso3, day);
            }
            var current = await SessionRequestStore.Find(write.Connection, id, iso3);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var saved = await SessionRequestStore.Save(write, caller, id, iso3, request);
            ETags.Set(HttpContext, ETags.FromVersion(saved.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, saved) : TypedResults.Ok(saved);
        });
    }

    private static string? FindWrongDay(Session session, DateOnly day, DateOnly today, DateOnly? added)
    {
        if (day > today)
        {
            return "must not be in the future";
        }
        if (session.HasConvened && session.OpenedOn is null)
        {
            return "is compared with the day on which the session opened, which is not recorded; record openedOn of the session first";
        }
        if (session.HasConvened && day > session.OpenedOn)
        {
            return $"must not be after {session.OpenedOn:O}, the day on which the session convened";
        }
        // A mistyped year is found.
        var start = session.HasConvened || session.OpenedOn < added ? session.OpenedOn : added;
        return start?.AddYears(-1) is { } first && day < first
            ? $"must be {first:O} or later, because a request is made at most a year before the session {(start == session.OpenedOn ? "opened" : "was added")}"
            : null;
    }
}
