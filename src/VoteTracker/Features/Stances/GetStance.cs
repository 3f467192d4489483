using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>Shows the stance of one member state.</summary>
internal sealed class GetStance(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<IResult>
{
    private static readonly PastMomentParameter AsOfParameter = new(
        "asOf",
        "The stance as of this moment; UTC, with a time. Viewers and up.",
        "2026-11-21T22:10:00Z"
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/{iso3}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Stances",
                    "Shows a stance",
                    "The ETag is the stance's version; a change names it in If-Match. Without a key, and if the resolution's visibility is `positions`, the response has only the resolution, the member state and its current position. `asOf` is for viewers and up."
                )
                .Takes(AsOfParameter, Lang.Parameter)
                .Produces<Stance>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var asOf = query.Read(AsOfParameter, clock.GetUtcNow());
        var (resolution, stance) = await db.Read(async connection =>
        {
            var seen = await RouteResolution.Load(
                connection,
                id,
                HttpContext,
                (c, r) => c.SeesPositions(r.Visibility) && (asOf is null || c.May(Right.SeeStances))
            );
            return query.Problem is null && StanceRules.HasStance(referenceData, iso3)
                ? (seen, await StanceStore.Find(connection, id, iso3, asOf))
                : (seen, null);
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (asOf < resolution.CreatedAt)
        {
            return Problems.NoResolutionThen(id);
        }
        if (stance is null)
        {
            return StanceProblems.NoStance(referenceData, iso3);
        }
        return caller.May(Right.SeeStances)
            ? ETags.Answer(HttpContext, stance.For(caller), stance.Version, language)
            : ETags.Answer(HttpContext, PublicStance.FromStance(stance), stance.Version, language);
    }
}
