using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Scenarios;

/// <summary>Computes the outcome of a scenario without saving it.</summary>
internal sealed class ComputeScenario(TallyCache live, ReferenceData referenceData, ForecastCache forecasts)
    : Endpoint<ScenarioRequest, Results<Ok<ScenarioOutcome>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/scenarios");
        Description(route =>
            route
                .Requires(Right.SeeForecasts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Scenarios",
                    "Computes a scenario",
                    "What if member states or whole groups had another position, were absent or could not vote, or the other rule applied? The response has the tally and the probability of the majority in that case, the current ones, and the difference. Nothing is saved; PUT saves a scenario under a name."
                )
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Ok<ScenarioOutcome>, ProblemHttpResult>> ExecuteAsync(
        ScenarioRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        if (await live.Get(id) is not { } snapshot)
        {
            return Problems.NoResolution(id);
        }
        var errors = request.FindErrors(snapshot.Standings, referenceData);
        return errors.Count > 0
            ? Problems.Invalid(errors)
            : await ScenarioOutcome.Create(snapshot, request.Changes!, referenceData, forecasts);
    }
}
