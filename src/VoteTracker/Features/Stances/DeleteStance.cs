using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Changes;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Makes a stance unknown again; its history stays.</summary>
internal sealed class DeleteStance(Db db, ReferenceData facts)
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
                    "What was recorded stays in the history, and the version goes on. Where nothing is known, nothing changes."
                )
                .Conditional<Stance>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over: the stances stay as they were.")
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
            var found = await StanceForUpdate.Load(write.Connection, facts, id, iso3, write.Now);
            if (found.VoteOver is { } over)
            {
                return over;
            }
            var standing = found.Stance;
            if (!seen.Holds(standing.Version, nothing: standing.Position == Position.Unknown))
            {
                return seen.VersionConflict(standing.For(caller), standing.Version);
            }
            if (standing.Position == Position.Unknown)
            {
                ETags.Set(HttpContext, ETags.FromVersion(standing.Version));
                return TypedResults.NoContent();
            }
            var (version, at) = await Change.Raise(write, caller, ChangeKind.Stance, id, iso3);
            await StanceHistory.Insert(
                write,
                Stance.Unknown(id, iso3) with
                {
                    Version = version,
                    ChangedBy = caller.Label,
                    ChangedAt = at,
                },
                reason: null
            );
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
