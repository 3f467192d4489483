using System.Globalization;
using System.Text.Json;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Filters;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Record;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Returns the probability that a resolution is adopted.</summary>
internal sealed class GetForecast(
    TallyCache live,
    ForecastCache forecasts,
    PressedForecasts pressures,
    Db db,
    ReferenceData referenceData
) : EndpointWithoutRequest
{
    private static readonly ShareParameter BlocShockParameter = new(
        "blocShock",
        "Also returns the probability if the members of a regional group move together: the correlation within a group, 0 to 1.",
        "0.2"
    );

    private static readonly TextParameter ExplainParameter = new(
        "explain",
        "Also returns the chances of one member, layer by layer.",
        "ZAF"
    );

    // The shock of `dependence=bloc` without `blocShock`.
    private const double DefaultShock = 0.2;

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/forecast");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Forecasts",
                    "Forecasts a vote",
                    "The probability that the majority is reached, computed exactly from four chances for each member. For two thirds, it is the probability that Y > 0 and Y − 2N ≥ 0. For a simple majority, it is the probability that Y − N > 0. The response also has the probability of each margin, the expected votes, and how much each member would change the probability. It is served from memory: poll it with If-None-Match."
                )
                .Takes(
                    ForecastAccess.DependenceParameter,
                    ForecastAccess.LearnParameter,
                    BlocShockParameter,
                    ExplainParameter,
                    ForecastAccess.PressureParameter,
                    RecordFilter.SourceParameter,
                    Lang.Parameter
                )
                .Produces<ForecastReport>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status403Forbidden, "The role of the key may not see pressures.")
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The vote is over, or the member of `explain` may not vote on the day of the vote."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var (snapshot, denial) = await live.FindForForecast(id, Caller.FromContext(HttpContext));
        if (denial is { } reason)
        {
            await reason.ToProblem(HttpContext, id, snapshot).ExecuteAsync(HttpContext);
            return;
        }
        if (HttpContext.Request.QueryString.HasValue)
        {
            await RespondToQuery(snapshot!);
            return;
        }
        await Respond(await forecasts.Get(snapshot!), shock: null, Language.English);
    }

    private async Task RespondToQuery(TallySnapshot snapshot)
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var shock = query.Read(BlocShockParameter);
        var dependence = query.Read(ForecastAccess.DependenceParameter);
        var learns = query.Read(ForecastAccess.LearnParameter);
        var explain = query.ReadState(ExplainParameter, referenceData, SeatKind.Member);
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        var withPressures = query.Read(ForecastAccess.PressureParameter);
        if ((query.Problem ?? ForecastAccess.CheckPressure(HttpContext, withPressures)) is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        // A client that only sends a shock wants it in the place of the dependence in the record.
        dependence ??= shock is null ? VoteDependence.Record : VoteDependence.Bloc;
        shock ??= dependence == VoteDependence.Bloc ? DefaultShock : null;
        var forecast = (await forecasts.Get(snapshot, withCampaign)).With(
            ForecastOptions.Create(dependence.Value, learns)
        );
        var pressed = withPressures ? await pressures.Get(forecast) : null;
        forecast = pressed?.With ?? forecast;
        if (explain is null)
        {
            await Respond(forecast, shock, language, pressed);
            return;
        }
        if (forecast.Members.FirstOrDefault(m => m.Ballot.MemberState == explain) is { } member)
        {
            var report = Create(forecast, shock, pressed) with
            {
                Explain = ExplainedState.Create(forecast, member, pressed),
            };
            await Respond(
                new Representation(
                    Serialize(report, language),
                    forecast.StateName,
                    RepresentationFormat.Json.In(language)
                )
            );
            return;
        }
        await (await NotEligible(explain, forecast.Standings.Day)).ExecuteAsync(HttpContext);
    }

    private async Task<ProblemHttpResult> NotEligible(string memberState, DateOnly day)
    {
        var entry = await db.Read(c => IneligibilityStore.Find(c, memberState));
        var exclusion = VoteExclusion.Find(
            referenceData.Roster.Find(memberState)!,
            day,
            entry is null ? null : new Spell(entry.From, entry.Until),
            entry?.Reason
        );
        // The entry can be deleted in the meantime.
        return exclusion is null
            ? ConflictTypes.IneligibleInForecast.Create(memberState)
            : IneligibilityProblems.MayNotVote(exclusion);
    }

    private Task Respond(
        ForecastSnapshot forecast,
        double? shock,
        Language language,
        PressedForecast? pressed = null
    ) =>
        Respond(
            forecast.Representations.GetOrCreate(
                string.Create(CultureInfo.InvariantCulture, $"{shock:R}{Lang.TagSuffix(language)}"),
                RepresentationFormat.Json.In(language),
                forecast,
                f => Serialize(Create(f, shock, pressed), language)
            )
        );

    private Task Respond(Representation representation) =>
        ConditionalResponse.Send(HttpContext, representation, isPublic: false, live.Age);

    private static ForecastReport Create(ForecastSnapshot forecast, double? shock, PressedForecast? pressed) =>
        pressed is null ? ForecastReport.Create(forecast, shock) : ForecastReport.Create(pressed, shock);

    private static byte[] Serialize(ForecastReport report, Language language) =>
        JsonSerializer.SerializeToUtf8Bytes(report, Json.For(language));
}
