using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Shows which regional groups and blocs have co-sponsors, and which states can still be asked.</summary>
internal sealed class GetCoSponsorCoverage(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<CoverageReport>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/co-sponsors/coverage");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Co-sponsors",
                    "Shows the co-sponsors by group, and the states that can still be asked",
                    "A row for each regional group and each bloc, with its members and their statuses. Rows of blocs overlap. `toAsk` has states that were not asked and whose position is yes, undecided or unknown, and observers. `toAskAgain` has states that signed or were asked for an earlier text. Both are empty after the vote."
                )
                .Takes(Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Localized<CoverageReport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        return await db.Read<Results<Localized<CoverageReport>, ProblemHttpResult>>(async connection =>
        {
            var resolution = await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return query.Problem is { } problem
                ? problem
                : Localized.Ok(
                    await CoverageReport.Load(connection, referenceData, resolution, clock.Moment()),
                    language
                );
        });
    }
}
