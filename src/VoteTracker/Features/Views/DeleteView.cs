using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Security;

namespace VoteTracker.Features.Views;

/// <summary>Deletes a saved view of the caller; for coordinators, also a shared one of another label.</summary>
internal sealed class DeleteView(Db db, TeamMembers members, Settings settings)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    private static readonly TextParameter ByParameter = new(
        "by",
        "The label of the key that the view belongs to, or `me`: the caller's own view if it is left out. A coordinator can name another label; 403 for any other lobbyist.",
        "lobbyist 2"
    );

    public override void Configure()
    {
        Delete("/v1/views/{name}");
        Description(route =>
            route
                .Requires(Right.SaveViews)
                .Described(
                    "Views",
                    "Deletes a view",
                    "An own one; for coordinators, also a shared one of another label. Its name and its filter are erased. If a view is saved under the name again, the version continues."
                )
                .Takes(ByParameter)
                .Conditional<SavedView>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "The label has no view with this name, or another label has not shared it."
                )
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var name = HttpContext.Part(PathParameters.View);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            var label = await members.Read(query, ByParameter, write.Connection, caller) ?? caller.Label;
            if (query.Problem is { } problem)
            {
                return problem;
            }
            var isOwn = label == caller.Label;
            if (!isOwn && !caller.May(Right.DeleteViews))
            {
                return KeyProblems.RoleTooLow(HttpContext, caller, Right.DeleteViews);
            }
            var current = await ViewStore.Find(write.Connection, label, name);
            if (current is null || !(isOwn || current.Shared))
            {
                return isOwn ? ViewProblems.NotFound(name) : ViewProblems.NotShared(name, label);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(
                    current.At(PublicAddress.Of(HttpContext.Request, settings)),
                    current.Version
                );
            }
            var version = current.Version + 1;
            await ViewStore.Delete(write, current, version);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
