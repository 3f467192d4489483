using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Views;

/// <summary>Saves a filter of the whip sheet under a name.</summary>
internal sealed class SaveView(Db db, ReferenceData referenceData, TeamMembers members, Settings settings)
    : Endpoint<SaveViewRequest, Results<Ok<SavedView>, Created<SavedView>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/views/{name}");
        Description(route =>
            route
                .Requires(Right.SaveViews)
                .Described(
                    "Views",
                    "Saves a view",
                    "It belongs to the label of the caller's key, and nobody else changes it. With `shared`, all lobbyists see it. An unknown filter is a 400 that names it. 201 if the label had no view with this name. A label has at most 200 views."
                )
                .Conditional<SavedView>()
                .Writes()
                .Produces<SavedView>(StatusCodes.Status201Created)
        );
    }

    public override async Task<Results<Ok<SavedView>, Created<SavedView>, ProblemHttpResult>> ExecuteAsync(
        SaveViewRequest request,
        CancellationToken ct
    )
    {
        var name = HttpContext.Part(PathParameters.View);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var address = PublicAddress.Of(HttpContext.Request, settings);
        return await db.Write<Results<Ok<SavedView>, Created<SavedView>, ProblemHttpResult>>(async write =>
        {
            var named = new NamedRecords(write, caller, members);
            await named.CheckResolution("resolution", request.Resolution);
            var team = await members.Load(write.Connection, caller);
            var (filter, fault) = new DeskFilter(referenceData, team).Parse(request.Filter ?? "");
            if (fault is not null)
            {
                named.Wrong("filter", fault);
            }
            if (ViewName.FindFault(name) is { } wrongName)
            {
                named.Wrong("name", wrongName);
            }
            if (named.Problem is { } problem)
            {
                return problem;
            }
            var current = await ViewStore.Find(write.Connection, caller.Label, name);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current?.At(address), current?.Version);
            }
            if (current is null && await ViewStore.Count(write.Connection, caller.Label) >= ViewStore.MostOfLabel)
            {
                return ViewProblems.TooMany();
            }
            var version = current?.Version ?? await ViewStore.FindDeletedVersion(write.Connection, caller.Label);
            var next = version + 1 ?? await Incarnation.FindFirstVersion(write.Connection);
            var saved = (
                await ViewStore.Save(
                    write,
                    caller.Label,
                    name,
                    next,
                    filter!,
                    request.Resolution,
                    shared: request.Shared ?? false
                )
            ).At(address);
            ETags.Set(HttpContext, ETags.FromVersion(saved.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, saved) : TypedResults.Ok(saved);
        });
    }
}
