using System.ComponentModel;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker;

/// <content>The numbers of forecasts.</content>
internal sealed partial record Settings
{
    [Description("Forecasts: the probability that a confirmed position is held, on the day of its evidence, 0 to 1.")]
    public double ConfirmedHeld { get; init; } = ForecastParameters.Default.Confirmed;

    [Description("Forecasts: the same for a likely position.")]
    public double LikelyHeld { get; init; } = ForecastParameters.Default.Likely;

    [Description("Forecasts: the same for a leaning.")]
    public double LeaningHeld { get; init; } = ForecastParameters.Default.Leaning;

    [Description(
        "Forecasts: the days after which a confirmed position has half its weight, and the member's record the other half."
    )]
    public double ConfirmedHalfLifeDays { get; init; } = ForecastParameters.Default.ConfirmedHalfLife;

    [Description("Forecasts: these days for a likely position.")]
    public double LikelyHalfLifeDays { get; init; } = ForecastParameters.Default.LikelyHalfLife;

    [Description("Forecasts: these days for a leaning that the record neither supports nor contradicts.")]
    public double LeaningHalfLifeDays { get; init; } = ForecastParameters.Default.LeaningHalfLife;

    [Description(
        "Forecasts: for a member without a record, the share of abstentions if a position is not held. The three shares add up to 1."
    )]
    public double RestAbstain { get; init; } = ForecastParameters.Default.RestAbstain;

    [Description("Forecasts: the same share of absences.")]
    public double RestAbsent { get; init; } = ForecastParameters.Default.RestAbsent;

    [Description("Forecasts: the same share of opposite votes.")]
    public double RestOpposite { get; init; } = ForecastParameters.Default.RestOpposite;

    [Description(
        "Forecasts with `pressure=true`: the share of the probability of the other votes that one low pressure moves to its vote, 0 to 0.99. An assumption, not an estimate."
    )]
    public double PressureLow { get; init; } = PressureShares.Default.Low;

    [Description("Forecasts with `pressure=true`: the same share of a medium pressure; at least that of a low one.")]
    public double PressureMedium { get; init; } = PressureShares.Default.Medium;

    [Description("Forecasts with `pressure=true`: the same share of a high pressure; at least that of a medium one.")]
    public double PressureHigh { get; init; } = PressureShares.Default.High;

    /// <summary>The shares of pressures.</summary>
    internal PressureShares PressureShares =>
        new()
        {
            Low = PressureLow,
            Medium = PressureMedium,
            High = PressureHigh,
        };

    /// <summary>The parameters of forecasts.</summary>
    internal ForecastParameters ForecastParameters =>
        new()
        {
            Confirmed = ConfirmedHeld,
            Likely = LikelyHeld,
            Leaning = LeaningHeld,
            ConfirmedHalfLife = ConfirmedHalfLifeDays,
            LikelyHalfLife = LikelyHalfLifeDays,
            LeaningHalfLife = LeaningHalfLifeDays,
            RestAbstain = RestAbstain,
            RestAbsent = RestAbsent,
            RestOpposite = RestOpposite,
        };
}
