using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Makes a stance unknown again. Its history stays.</summary>
internal sealed class DeleteStance(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/stances/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordStances)
                .Described(
                    "Stances",
                    "Makes a stance unknown",
                    "The history stays, and the version continues. If the stance is unknown, nothing changes."
                )
                .Conditional<Stance>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over. Stances do not change after the vote.")
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            var (found, problem) = StanceRecorder.CheckState(
                write,
                referenceData,
                id,
                iso3,
                stance =>
                    seen.Holds(stance.Version, nothing: stance.Position == Position.Unknown)
                        ? null
                        : seen.VersionConflict(stance.For(caller), stance.Version),
                becomesUnknown: true
            );
            if (found is not { } current)
            {
                return problem!;
            }
            if (current.Position == Position.Unknown)
            {
                ETags.Set(HttpContext, ETags.FromVersion(current.Version));
                return TypedResults.NoContent();
            }
            var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.Stance, id, iso3);
            var stance = new Stance(id, iso3, StanceContent.Unknown, version, caller.Label, at);
            StanceStore.Save(write, stance, reason: null);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
