using System.Globalization;
using VoteTracker.Live;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Features.Forecasts;

/// <summary>How the members move together in a forecast, from the record.</summary>
public sealed record DependenceReport
{
    /// <summary>The number of common factors; 0 if the record has too few roll calls, or if they could not be estimated. Members are then independent.</summary>
    public required int Factors { get; init; }

    /// <summary>The number of roll calls that the factors are estimated from.</summary>
    public required int RollCalls { get; init; }

    /// <summary>Whether the factors are still being estimated after a change of the record. Until then, members are independent.</summary>
    public required bool Preparing { get; init; }

    /// <summary>The number of stances that update the chances of the other members; 0 with `learn=false`.</summary>
    public required int Stances { get; init; }

    /// <summary>The sum of the weights of these stances: each is held × stanceShare.</summary>
    public required double StanceWeight { get; init; }

    /// <summary>The probability with the same chances if members were independent; null if the rule is not recorded.</summary>
    public required double? ProbabilityIfIndependent { get; init; }

    internal static DependenceReport? Create(ForecastSnapshot snapshot) =>
        snapshot.Options.Dependence == VoteDependence.Record
            ? new DependenceReport
            {
                Factors = snapshot.Factors.Model.Factors,
                RollCalls = snapshot.Factors.Model.RollCalls,
                Stances = snapshot.Update?.Stances ?? 0,
                StanceWeight = snapshot.Update?.Weight ?? 0,
                Preparing = !snapshot.Factors.IsReady,
                ProbabilityIfIndependent = Forecast.ProbabilityOf(snapshot.Standings.Rule, snapshot.Chances),
            }
            : null;

    /// <summary>The assumption in one sentence.</summary>
    internal static string Assumed(ForecastSnapshot snapshot) =>
        !snapshot.Factors.IsReady
            ? "The dependence of members is still being estimated from the record. Until then, members vote independently of each other."
        : snapshot.Factors.Model.IsEmpty
            ? "The record does not show how members move together, so they vote independently of each other."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Members move together as in the record, in `probability`, in the intervals and in the pivotalities: {snapshot.Factors.Model.Factors} common factors from {snapshot.Factors.Model.RollCalls} roll calls. The chances of each member stay the same. A pivotality is the effect of the vote itself, and not of what it says about others."
        );
}
