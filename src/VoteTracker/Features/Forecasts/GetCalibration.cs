using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Forecasts;

/// <summary>Shows whether a vote, or all of them, came as it was expected.</summary>
internal static class GetCalibration
{
    private const string How =
        "How often stances came true: by certainty, by what they rested on and by who recorded them, with the Brier score and the log loss of the forecast that stood when the vote was taken, and a table of reliability. Stances are as they stood then, and the record is as it was before that vote.";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/calibration", Handle)
            .Needs(Role.Anonymous)
            .Described(
                "GetCalibration",
                "Forecasts",
                "Shows whether a vote came as it was expected",
                How + " Needs a key of role viewer."
            )
            .Fails(
                StatusCodes.Status404NotFound,
                "This caller can see no resolution of that id, or no vote on it is recorded with names."
            );

    public static RouteHandlerBuilder MapAll(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/calibration", HandleAll)
            .Needs(Role.Viewer)
            .Described(
                "GetCalibrationOfAll",
                "Forecasts",
                "Shows whether votes came as they were expected",
                How + " Over all resolutions that were voted on by name and of which a stance was recorded."
            );

    private static async Task<Results<Ok<CalibrationReport>, ProblemHttpResult>> Handle(
        string id,
        HttpContext http,
        Db db,
        Facts facts,
        PastVotes pastVotes,
        LiveForecasts forecasts
    ) =>
        await db.Read<Results<Ok<CalibrationReport>, ProblemHttpResult>>(async connection =>
        {
            var resolution = await Resolution.See(connection, id, http, (c, _) => c.IsViewer);
            if (resolution.Basis != Basis.RecordedVotes)
            {
                return Problems.NotFound($"No vote on '{id}' is recorded with names.");
            }
            var record = await pastVotes.Read(connection);
            var expected = await ExpectedVotes.Read(connection, facts, record, forecasts.Numbers, id);
            return TypedResults.Ok(CalibrationReport.Of(id, expected.Count > 0 ? 1 : 0, expected));
        });

    private static async Task<Ok<CalibrationReport>> HandleAll(
        Db db,
        Facts facts,
        PastVotes pastVotes,
        LiveForecasts forecasts
    )
    {
        var (record, ids) = await db.Read(async connection =>
            (
                await pastVotes.Read(connection),
                await connection.QueryAsync<string>(
                    """
                    SELECT r.id
                    FROM resolution r
                    WHERE EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = r.id AND c.names IS NOT NULL)
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
            // One after the other: none of them holds the others up, nor the folding of the log.
            var expected = await db.Read(c => ExpectedVotes.Read(c, facts, record, forecasts.Numbers, id));
            all.AddRange(expected);
            resolutions += expected.Count > 0 ? 1 : 0;
        }
        return TypedResults.Ok(CalibrationReport.Of(resolution: null, resolutions, all));
    }
}
