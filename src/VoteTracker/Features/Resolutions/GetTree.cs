using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Resolutions;

/// <summary>Shows a resolution with its amendments, paragraphs and motions.</summary>
internal sealed class GetTree(Db db, TallyCache live)
    : EndpointWithoutRequest<Results<Localized<TextInTree>, ProblemHttpResult>>
{
    private static readonly WordParameter<ShownStances> StancesParameter = new(
        "stances",
        "`none`: without the stances."
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tree");
        Description(route =>
            route
                .Requires(Right.SeeResolutions, hidesExistence: true)
                .Described(
                    "Resolutions",
                    "Shows a resolution with its amendments, paragraphs and motions",
                    "In the order of the votes: motions, then amendments (rule 90), then paragraphs (rule 89), each kind by its `order`, then as they were opened. The resolution itself is voted on last, and is the root. If nothing is recorded for a member, it inherits its position on the parent, and is marked. The real position on an amendment can be the opposite. At most 5,000 parts."
                )
                .Takes(StancesParameter, Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Localized<TextInTree>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var withStances = query.Read(StancesParameter) is null;
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var (root, below) = await db.Read(async connection =>
            (
                await RouteResolution.LoadWithRole(connection, id, HttpContext),
                await ResolutionStore.ListBelow(connection, id, TextInTree.MaxParts)
            )
        );
        return await TextInTree.Load(live, root, below, withStances) is { } tree
            ? Localized.Ok(tree, language)
            : Problems.NoResolution(id);
    }

    /// <summary>Which stances are shown.</summary>
    internal enum ShownStances
    {
        /// <summary>No stances.</summary>
        None,
    }
}
