using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Features.Forecasts;

/// <summary>Compares the forecasts of all votes with the votes.</summary>
internal sealed class GetCalibrationOfAll(
    Db db,
    ReferenceData referenceData,
    VotingRecordCache pastVotes,
    ForecastCache forecasts
) : EndpointWithoutRequest<Ok<CalibrationReport>>
{
    public override void Configure()
    {
        Get("/v1/calibration");
        Description(route =>
            route
                .Requires(Right.SeeForecasts)
                .IsExpensive()
                .Described(
                    "Forecasts",
                    "Compares the forecasts of all votes with the votes",
                    CalibrationReport.Method
                        + " It covers all resolutions that have a vote with names and a recorded stance."
                )
        );
    }

    public override async Task<Ok<CalibrationReport>> ExecuteAsync(CancellationToken ct)
    {
        var (record, ids) = await db.Read(async connection =>
            (
                await pastVotes.Load(connection),
                await connection.QueryAsync<string>(
                    """
                    SELECT r.id
                    FROM resolution r
                    WHERE EXISTS (
                            SELECT 1 FROM roll_call c
                            WHERE c.resolution = r.id AND c.names IS NOT NULL AND c.removed_at IS NULL
                        )
                        AND EXISTS (SELECT 1 FROM stance s WHERE s.resolution = r.id AND s.position <> 'unknown')
                    ORDER BY r.ordinal
                    """
                )
            )
        );
        var all = new List<Expected>();
        var resolutions = 0;
        foreach (var id in ids)
        {
            // One read for each resolution: a long read would delay others and the checkpoint of the log.
            var expected = await db.Read(c => ExpectedVotes.Load(c, referenceData, record, forecasts.Parameters, id));
            all.AddRange(expected);
            resolutions += expected.Count > 0 ? 1 : 0;
        }
        return TypedResults.Ok(CalibrationReport.Create(resolution: null, resolutions, all));
    }
}
