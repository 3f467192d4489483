using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>Deletes a resolution that was opened by mistake.</summary>
internal sealed class DeleteResolution(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}");
        Description(route =>
            route
                .Requires(Right.ManageResolutions)
                .Described(
                    "Resolutions",
                    "Deletes a resolution",
                    "For a resolution that was opened by mistake. It must have nothing but its creation, which includes the stances of its baseline. Everything else is a 409 that names it. Then the status `withdrawn` is the way to end it. Streams of its tally end. The id is free again, and the version continues if another resolution gets it. Nothing of the deleted resolution can be read afterwards, also with `asOf`; the feed of changes has its creation and its deletion."
                )
                .Conditional<Resolution>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The resolution has more than its creation; see `detail`.")
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not { } current)
            {
                return Problems.NoResolution(id);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current.For(caller), current.Version);
            }
            if (await ResolutionHistoryCount.Describe(write.Connection, id) is { } history)
            {
                return ResolutionProblems.HasHistory(id, history);
            }
            var (version, _) = await ResolutionVersion.Raise(write, caller, ChangeKind.Resolution, id);
            await DeletedResolution.Delete(write, caller, current, version);
            return TypedResults.NoContent();
        });
    }
}
