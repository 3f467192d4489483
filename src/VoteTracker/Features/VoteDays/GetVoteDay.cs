using System.Globalization;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.VoteDays;

/// <summary>Shows the votes that are entered while a resolution is put to the vote.</summary>
internal sealed class GetVoteDay(Db db, VoteDayLoader loader) : EndpointWithoutRequest<IResult>
{
    private static readonly TextParameter AfterParameter = new(
        "after",
        "The version of the vote day that the client has. Then `votes` has only what changed since, also removed entries, and `members` is left out.",
        "12"
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/vote-day");
        Description(route =>
            route
                .Requires(Right.EnterVotes, hidesExistence: true)
                .Described(
                    "Vote day",
                    "Shows the vote day",
                    "The members in the order of the roll call, the votes so far, their count, the forecast of the moment of opening, and the announced totals. None of it is the result until it is confirmed. Poll it with `after`."
                )
                .Takes(AfterParameter, Lang.Parameter)
                .Produces<VoteDay>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, VoteDayProblems.NotFoundDescription)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var after = ReadAfter(query);
        var day = await db.Read(async connection =>
            await loader.Load(connection, await RouteResolution.LoadWithRole(connection, id, HttpContext), after)
        );
        return query.Problem is { } problem ? problem
            : day is null ? VoteDayProblems.NotFound(id)
            : ETags.Answer(HttpContext, day, day.Version, language, ETags.Digest(day.Surroundings));
    }

    private static long? ReadAfter(Query query)
    {
        if (query.Read(AfterParameter) is not { } text)
        {
            return null;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return version;
        }
        query.Wrong(AfterParameter, "must be the version of the vote day, a whole number", text);
        return null;
    }
}
