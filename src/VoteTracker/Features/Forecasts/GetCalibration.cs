using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Compares the forecast of a vote with the vote.</summary>
internal sealed class GetCalibration(
    Db db,
    ReferenceData referenceData,
    VotingRecordCache pastVotes,
    ForecastCache forecasts
) : EndpointWithoutRequest<Results<Ok<CalibrationReport>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/calibration");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described("Forecasts", "Compares the forecast of a vote with the vote", CalibrationReport.Method)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "The caller can see no resolution with this id, or no vote on it is recorded with names."
                )
        );
    }

    public override async Task<Results<Ok<CalibrationReport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        return await db.Read<Results<Ok<CalibrationReport>, ProblemHttpResult>>(async connection =>
        {
            var resolution = await RouteResolution.LoadWithRole(connection, id, HttpContext);
            if (resolution.Basis != Basis.RecordedVotes)
            {
                return Problems.NotFound($"No vote on '{id}' is recorded with names.");
            }
            var record = await pastVotes.Load(connection);
            var expected = await ExpectedVotes.Load(connection, referenceData, record, forecasts.Parameters, id);
            return TypedResults.Ok(CalibrationReport.Create(id, expected.Count > 0 ? 1 : 0, expected));
        });
    }
}
