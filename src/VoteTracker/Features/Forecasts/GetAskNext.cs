using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Forecasts;

/// <summary>Ranks the member states to ask for their position.</summary>
internal sealed class GetAskNext(TallyCache live, ForecastCache forecasts)
    : EndpointWithoutRequest<Results<Localized<AskNextReport>, ProblemHttpResult>>
{
    private static readonly NumberParameter LimitParameter = new(
        "limit",
        "The number of states: the first ones of the ranking.",
        Minimum: 1,
        Maximum: AskNextReport.MaxStates,
        Default: AskNextReport.DefaultStates
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/ask-next");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Forecasts",
                    "Shows which states to ask for their position",
                    "The states without a firm stance, ranked by how much their answer is expected to reduce the uncertainty about adoption. An answer counts twice: as a vote, and for what it says about the states that move together with it. If the result is nearly certain, the states are ranked by how much their answer says about all votes. While no stance is recorded, the chances are from the record alone. `path` has the states to convince; this route has the states to ask."
                )
                .Takes(LimitParameter, RecordFilter.SourceParameter, Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Localized<AskNextReport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var (snapshot, denial) = await live.FindForForecast(id, Caller.FromContext(HttpContext));
        if (denial is { } hidden and not ResolutionDenial.VoteIsOver)
        {
            return hidden.ToProblem(HttpContext, id, snapshot);
        }
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var limit = query.Read(LimitParameter);
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (denial is { } over)
        {
            return over.ToProblem(HttpContext, id, snapshot);
        }
        return Localized.Ok(AskNextReport.Create(await forecasts.Get(snapshot!, withCampaign), limit), language);
    }
}
