using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Pressures;

/// <summary>Lists the pressures on members.</summary>
internal sealed class ListPressures(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Page<StatePressure>>, ProblemHttpResult>>
{
    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only pressures on this member.",
        "NOR"
    );

    private static readonly TextParameter ResolutionParameter = new(
        "resolution",
        "Only pressures that name this resolution.",
        "es-10-l-34"
    );

    private static readonly WordParameter<PressureKind> KindParameter = new("kind", "Only pressures of this kind.");

    private static readonly WordParameter<PressureLevel> LevelParameter = new("level", "Only pressures of this level.");

    public override void Configure()
    {
        Get("/v1/pressures");
        Description(route =>
            route
                .Requires(Right.SeePressures)
                .Described("Support", "Lists the pressures on members", "In the order of the codes of the members.")
                .Takes(MemberStateParameter, ResolutionParameter, KindParameter, LevelParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<StatePressure>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "pressures");
        var filter = new PressureFilter
        {
            MemberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member),
            Resolution = query.Read(ResolutionParameter),
            Kind = query.Read(KindParameter),
            Level = query.Read(LevelParameter),
        };
        var found = await db.Read<IReadOnlyList<StatePressure>>(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, filter.Resolution, connection, caller);
            return query.Problem is null
                ? await PressureStore.List(connection, filter, ParsePlace(paging.After), paging.Rows)
                : [];
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(paging.Page(HttpContext, found, pressure => pressure, ToPlace));
    }

    private static string ToPlace(StatePressure pressure) =>
        string.Create(CultureInfo.InvariantCulture, $"{pressure.MemberState} {pressure.Id}");

    private static (string State, long Id)? ParsePlace(string? after) =>
        after?.Split(' ') is [var state, var id] ? (state, long.Parse(id, CultureInfo.InvariantCulture)) : null;
}
