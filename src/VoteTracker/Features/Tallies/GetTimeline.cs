using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>Shows how a tally changed.</summary>
internal sealed class GetTimeline(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<Page<Tally>>, ProblemHttpResult>>
{
    private static readonly SinceParameter FromParameter = new(
        "from",
        "Begins with the tally as of this moment. By default, and for any earlier moment, the moment when the resolution was opened.",
        "2026-11-21T00:00:00Z"
    )
    {
        Type = typeof(DateTimeOffset),
    };

    private static readonly PastMomentParameter ToParameter = new(
        "to",
        "Ends with this moment; now by default, and for any moment in the future.",
        "2026-11-21T22:10:00Z"
    )
    {
        IsUpperBound = true,
    };

    private static readonly StepParameter StepParameter = new(
        "step",
        "Only the last change of each step: `P1D`, `PT6H` (ISO 8601), or `1w`, `1d`, `6h`, `15m`, `30s`. Whole days are New York days. Other steps are counted from the start of the first of these days.",
        "1d"
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tally/timeline");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Shows how a tally changed",
                    "The tally at the start and at each moment that changed it, the oldest first. Each one is the same as with `asOf` that moment. Changes are: stances, eligibility (also by a date alone), the rule, the day of the vote, co-sponsors, the roll call. A change that does not affect the tally is left out. Without a key, the timeline begins with the recorded vote, unless the resolution's visibility is `positions`. `counting=confirmed` is not public before the vote."
                )
                .Takes(FromParameter, ToParameter, StepParameter, TallyParameters.Counting, Lang.Parameter)
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Localized<Page<Tally>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var now = clock.Moment();
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var paging = Paging.FromQuery(HttpContext, query, $"timeline of {id}");
        var from = query.Read(FromParameter, now);
        var to = query.Read(ToParameter, now);
        var step = query.Read(StepParameter);
        var counting = query.Read(TallyParameters.Counting) ?? Counting.All;
        if (from > to)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        var part = TimelinePart.None;
        var timeline = await db.Read(async connection =>
        {
            var resolution = await RouteResolution.Load(
                connection,
                id,
                HttpContext,
                (_, found) => PartOf(found) != TimelinePart.None
            );
            part = PartOf(resolution);
            return query.Problem is null ? await TallyTimeline.Load(connection, referenceData, id) : null;
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (timeline is null || to < timeline.StartsAt)
        {
            return Problems.NoResolutionThen(id);
        }
        var tallies = timeline.List(part, from, to ?? now, counting, step, paging.AfterMoment).Take(paging.Rows);
        return Localized.Ok(
            paging.Page(HttpContext, tallies, tally => tally, tally => Moments.Text(tally.AsOf)),
            language
        );

        TimelinePart PartOf(Resolution resolution) =>
            TallyTimeline.PartFor(caller, resolution.Visibility, resolution.Basis, counting);
    }
}
