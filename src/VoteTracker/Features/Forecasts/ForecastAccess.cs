using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Decides which callers get the forecast and the path of a resolution.</summary>
internal static class ForecastAccess
{
    /// <summary>The goal that a path is ranked for.</summary>
    public static readonly WordParameter<Goal> GoalParameter = new(
        "goal",
        "The goal of the ranking: `adopt` (default) or `block`."
    );

    /// <summary>How the votes of members depend on each other.</summary>
    public static readonly WordParameter<VoteDependence> DependenceParameter = new(
        "dependence",
        "How the votes of members depend on each other. `record` (default): members that moved together in past roll calls do so again. `none`: they are independent. `bloc`: they are independent, and `probabilityWithBlocShock` is the probability with `blocShock`, 0.2 by default. With `blocShock` alone, `bloc` is the default."
    );

    /// <summary>Whether known stances update the chances of the other members.</summary>
    public static readonly FlagParameter LearnParameter = new(
        "learn",
        "`false`: the stances of other members do not change the chances of a member without one, which are those of its record. `true` is the default. Only `dependence=record` uses it, because independent members say nothing about each other.",
        Default: true
    );

    /// <summary>Whether pressures are used.</summary>
    public static readonly FlagParameter PressureParameter = new(
        "pressure",
        "`true`: also uses the pressures on members, which lobbyists and up see. For any other key, that is a 403."
    );

    /// <summary>403 if a request asks for pressures that the caller may not see; null if it may, or does not ask.</summary>
    public static ProblemHttpResult? CheckPressure(HttpContext http, bool withPressures)
    {
        var caller = Caller.FromContext(http);
        return withPressures && !caller.May(Right.SeePressures)
            ? KeyProblems.RoleTooLow(http, caller, Right.SeePressures)
            : null;
    }

    /// <summary>
    /// The snapshot that a forecast is computed from, or the reason that the caller does not get one. After the vote,
    /// both are set.
    /// </summary>
    public static async ValueTask<(TallySnapshot? Snapshot, ResolutionDenial? Denial)> FindForForecast(
        this TallyCache live,
        string id,
        Caller caller
    )
    {
        if (await live.FindVisible(id, caller) is not { } snapshot)
        {
            return (null, ResolutionDenial.NotFound);
        }
        if (!caller.May(Right.SeeForecasts))
        {
            return (null, ResolutionDenial.RoleTooLow);
        }
        return (snapshot, snapshot.Basis == Basis.Stances ? null : ResolutionDenial.VoteIsOver);
    }

    /// <summary>The problem for a reason.</summary>
    public static ProblemHttpResult ToProblem(
        this ResolutionDenial denial,
        HttpContext http,
        string id,
        TallySnapshot? snapshot
    ) =>
        denial switch
        {
            ResolutionDenial.RoleTooLow => KeyProblems.RoleTooLow(http, Caller.FromContext(http), Right.SeeForecasts),
            ResolutionDenial.VoteIsOver => StanceProblems.VoteIsOver(snapshot!.Standings.Status),
            _ => Problems.NoResolution(id),
        };
}
