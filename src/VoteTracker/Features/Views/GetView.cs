using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Security;

namespace VoteTracker.Features.Views;

/// <summary>Shows a saved view.</summary>
internal sealed class GetView(Db db, TeamMembers members, Settings settings) : EndpointWithoutRequest<IResult>
{
    private static readonly TextParameter ByParameter = new(
        "by",
        "The label of the key that the view belongs to, or `me`: the caller's own view if it is left out. Only a shared view of another label is shown.",
        "lobbyist 2"
    );

    public override void Configure()
    {
        Get("/v1/views/{name}");
        Description(route =>
            route
                .Requires(Right.SaveViews)
                .Described(
                    "Views",
                    "Shows a view",
                    "An own view, or a shared one of another label. The ETag is its version."
                )
                .Takes(ByParameter)
                .Produces<SavedView>()
                .ReadsConditionally()
                .Fails(
                    StatusCodes.Status404NotFound,
                    "The label has no view with this name, or another label has not shared it."
                )
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var name = HttpContext.Part(PathParameters.View);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var (by, view) = await db.Read(async connection =>
        {
            var label = await members.Read(query, ByParameter, connection, caller) ?? caller.Label;
            return (label, await ViewStore.Find(connection, label, name));
        });
        return query.Problem is { } problem ? problem
            : view is not null && (view.Shared || by == caller.Label)
                ? ETags.Answer(
                    HttpContext,
                    view.At(PublicAddress.Of(HttpContext.Request, settings)),
                    ETags.FromVersion(view.Version)
                )
            : by == caller.Label ? ViewProblems.NotFound(name)
            : ViewProblems.NotShared(name, by);
    }
}
