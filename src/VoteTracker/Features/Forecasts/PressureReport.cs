using VoteTracker.Features.Pressures;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Features.Forecasts;

/// <summary>The pressures that a forecast uses.</summary>
public sealed record PressureReport
{
    /// <summary>The probability without pressures; null if the rule is not recorded.</summary>
    public required double? ProbabilityWithout { get; init; }

    /// <summary>The share of the probability that one low pressure moves, from the settings. The shares are an assumption, and not an estimate.</summary>
    public required double Low { get; init; }

    /// <summary>The same share of a medium pressure.</summary>
    public required double Medium { get; init; }

    /// <summary>The same share of a high pressure.</summary>
    public required double High { get; init; }

    /// <summary>The number of pressures on members that may vote; 0 while no stance is recorded.</summary>
    public required int Used { get; init; }

    /// <summary>The number of pressures without an effect: on members that may not vote, and all while no stance is recorded.</summary>
    public required int NotUsed { get; init; }

    /// <summary>The number of members whose chances they move.</summary>
    public required int States { get; init; }

    internal static PressureReport Create(PressedForecast pressed)
    {
        // While nothing is recorded there are no chances to move.
        var members = pressed.With.NothingRecorded ? [] : pressed.With.Members;
        var used = members.Sum(member => pressed.Pressures[member.Ballot.MemberState].Count());
        return new PressureReport
        {
            ProbabilityWithout = pressed.Without.Forecast.Probability,
            Low = pressed.Shares.Low,
            Medium = pressed.Shares.Medium,
            High = pressed.Shares.High,
            Used = used,
            NotUsed = pressed.Pressures.Sum(of => of.Count()) - used,
            States = members.Count(member => member.Pressure is not null),
        };
    }
}

/// <summary>The fourth layer, in a forecast with pressures: how they move the chances of the layers before it.</summary>
public sealed record PressureLayer
{
    /// <summary>The share of the probability that they move together.</summary>
    public required double Moved { get; init; }

    /// <summary>How this share is divided between the votes; null if there is none.</summary>
    public required FourChances? To { get; init; }

    /// <summary>The chances before.</summary>
    public required FourChances Before { get; init; }

    /// <summary>The pressures on the member, in the order of their numbers.</summary>
    public required IReadOnlyList<UsedPressure> Pressures { get; init; }

    internal static PressureLayer Create(PressedForecast pressed, MemberForecast member) =>
        new()
        {
            Moved = member.Pressure?.Moved ?? 0,
            To = member.Pressure is { } effect ? FourChances.FromChances(effect.To) : null,
            Before = FourChances.FromChances(member.WithoutPressure),
            Pressures =
            [
                .. pressed
                    .Pressures[member.Ballot.MemberState]
                    .Select(pressure => new UsedPressure
                    {
                        Id = pressure.Id,
                        From = pressure.From,
                        Kind = pressure.Kind,
                        Towards = pressure.Towards,
                        Level = pressure.Level,
                        Share = pressed.Shares.Of(pressure.Level),
                    }),
            ],
        };
}

/// <summary>A pressure in a forecast.</summary>
public sealed record UsedPressure
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string? From { get; init; }

    /// <summary>The kind of the pressure.</summary>
    public required PressureKind Kind { get; init; }

    /// <summary>The vote that it pushes the member to.</summary>
    public required PressureTarget Towards { get; init; }

    /// <summary>How strong it is.</summary>
    public required PressureLevel Level { get; init; }

    /// <summary>The share of the probability that it moves alone, from the settings.</summary>
    public required double Share { get; init; }
}
