using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;

namespace VoteTracker.Features.Views;

/// <summary>Deletes a saved view of the caller.</summary>
internal sealed class DeleteView(Db db, Settings settings)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/views/{name}");
        Description(route =>
            route
                .Requires(Right.SaveViews)
                .Described(
                    "Views",
                    "Deletes a view",
                    "Only an own one. If a view is saved under the name again, the version continues."
                )
                .Conditional<SavedView>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, "The caller has no view with this name.")
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var name = HttpContext.Part(PathParameters.View);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            var (_, current) = await ViewStore.Find(write.Connection, caller.Label, name);
            if (current is null)
            {
                return ViewProblems.NotFound(name);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(
                    current.At(PublicAddress.Of(HttpContext.Request, settings)),
                    current.Version
                );
            }
            var version = current.Version + 1;
            await ViewStore.Save(write, caller, name, version, filter: null, resolution: null, shared: false);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
