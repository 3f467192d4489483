using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Features.Forecasts;

/// <summary>Returns the fewest changes that turn the result, and ranks the member states to talk to.</summary>
internal sealed class GetPath(TallyCache live, ForecastCache forecasts, PressedForecasts pressures, Db db)
    : EndpointWithoutRequest<Results<Localized<PathReport>, ProblemHttpResult>>
{
    private static readonly NumberParameter TopParameter = new(
        "top",
        "The number of states in the ranking: the first ones. By default, all.",
        Minimum: 1,
        Maximum: PathReport.MaxStates,
        Default: PathReport.MaxStates
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/path");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Forecasts",
                    "Shows what would turn the result, and which states to talk to",
                    "The fewest flips that reach the majority, or that lose it if it is reached. They are counted by kind and in total, with the number of possible flips. Also the states to talk to for a goal, ranked by gain × reachability, with each factor. For lobbyists and higher roles, the days since the last engagement with a state are a factor too."
                )
                .Takes(
                    ForecastAccess.GoalParameter,
                    TopParameter,
                    ForecastAccess.PressureParameter,
                    RecordFilter.SourceParameter,
                    Lang.Parameter
                )
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status403Forbidden, "The role of the key may not see pressures.")
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Localized<PathReport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var (snapshot, denial) = await live.FindForForecast(id, caller);
        if (denial is { } hidden and not ResolutionDenial.VoteIsOver)
        {
            return hidden.ToProblem(HttpContext, id, snapshot);
        }
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var goal = query.Read(ForecastAccess.GoalParameter) ?? Goal.Adopt;
        var top = query.Read(TopParameter);
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        var withPressures = query.Read(ForecastAccess.PressureParameter);
        if ((query.Problem ?? ForecastAccess.CheckPressure(HttpContext, withPressures)) is { } problem)
        {
            return problem;
        }
        if (denial is { } over)
        {
            return over.ToProblem(HttpContext, id, snapshot);
        }
        var forecast = await forecasts.Get(snapshot!, withCampaign);
        if (withPressures)
        {
            forecast = (await pressures.Get(forecast)).With;
        }
        return Localized.Ok(
            await db.Read(connection => PathReport.Load(connection, forecast, goal, caller, top, withPressures)),
            language
        );
    }
}
