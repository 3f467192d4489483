using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Base class of PUT and PATCH of a stance: precondition, checks, the change and its history.</summary>
internal abstract class StanceWriteEndpoint<TRequest>(Db db, ReferenceData referenceData)
    : Endpoint<TRequest, Results<Ok<Stance>, ProblemHttpResult>>
    where TRequest : notnull
{
    protected const string Path = "/v1/resolutions/{id}/stances/{iso3}";

    protected static RouteHandlerBuilder Describe(RouteHandlerBuilder route) =>
        route
            .Conditional<Stance>()
            .Writes()
            .Fails(StatusCodes.Status404NotFound)
            .Fails(
                StatusCodes.Status409Conflict,
                "The member may not vote on the day of the vote, or the vote is over; see `type`."
            );

    /// <summary>The whole content to record: the request, with the fields of the current stance that it does not change.</summary>
    protected abstract RecordStanceRequest ContentOf(TRequest request, Stance current);

    public override async Task<Results<Ok<Stance>, ProblemHttpResult>> ExecuteAsync(
        TRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Stance>, ProblemHttpResult>>(async write =>
        {
            var (content, problem) = await StanceRecorder.Check(
                write,
                referenceData,
                caller,
                id,
                iso3,
                current =>
                    seen.Holds(current.Version, nothing: current.Position == Position.Unknown)
                        ? null
                        : seen.VersionConflict(current.For(caller), current.Version),
                current => ContentOf(request, current)
            );
            if (problem is not null)
            {
                return problem;
            }
            var stance = await StanceRecorder.Save(write, caller, id, iso3, content!);
            ETags.Set(HttpContext, ETags.FromVersion(stance.Version));
            return TypedResults.Ok(stance);
        });
    }
}
