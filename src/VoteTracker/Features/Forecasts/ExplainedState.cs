using System.Text.Json.Serialization;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>The chances of one member, layer by layer.</summary>
public sealed record ExplainedState
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The stance; null if the position is unknown or undecided.</summary>
    public required StanceLayer? Stance { get; init; }

    /// <summary>The record of the member.</summary>
    public required RecordLayer Record { get; init; }

    /// <summary>The effect of age on the stance; null if there is none.</summary>
    public required AgeLayer? Age { get; init; }

    /// <summary>What the stances of other members say about it; null for a member with a stance, for one that no roll call names, with `learn=false`, and with another dependence than `record`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OthersLayer? Others { get; init; }

    /// <summary>The effect of the pressures on the member. Only with `pressure=true`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PressureLayer? Pressure { get; init; }

    /// <summary>The resulting chances: those of the stance with the weight `age.stanceShare`, those of the record with the rest. For a member without a stance, those of `others`, if they are used; then moved by the pressures, if they are requested.</summary>
    public required FourChances Chances { get; init; }

    internal static ExplainedState Create(ForecastSnapshot forecast, MemberForecast member, PressedForecast? pressed)
    {
        var expectation = member.Expectation;
        var votes = forecast.Prediction.VotesOf(member.Ballot.MemberState);
        return new ExplainedState
        {
            MemberState = member.Ballot.MemberState,
            Stance = expectation.Stance is { } stance
                ? new StanceLayer
                {
                    Position = member.Ballot.Position,
                    Certainty = member.Ballot.Certainty!.Value,
                    Held = expectation.Held!.Value,
                    RestFrom = expectation.RestFrom!.Value,
                    Chances = FourChances.FromChances(stance),
                }
                : null,
            Record = new RecordLayer
            {
                From = expectation.BaseFrom,
                Chances = FourChances.FromChances(expectation.Base),
                Votes = votes,
                EverybodysShare = 1 - votes.Sum(vote => vote.Share),
            },
            Age = expectation.Stance is null
                ? null
                : new AgeLayer
                {
                    Days = expectation.Days!.Value,
                    HalfLifeDays = expectation.HalfLife!.Value,
                    StanceShare = expectation.Share,
                },
            Others = OthersLayer.Create(forecast, member),
            Pressure = pressed is null ? null : PressureLayer.Create(pressed, member),
            Chances = FourChances.FromChances(
                forecast.NothingRecorded ? VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting) : member.Chances
            ),
        };
    }
}

/// <summary>The first layer: the chances from position and certainty.</summary>
public sealed record StanceLayer
{
    /// <summary>The position.</summary>
    public required Position Position { get; init; }

    /// <summary>The certainty.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>The probability that a position of this certainty is kept, from the settings.</summary>
    public required double Held { get; init; }

    /// <summary>How the rest is distributed: `record` or `settings`.</summary>
    public required ChancesFrom RestFrom { get; init; }

    /// <summary>The chances from the stance alone.</summary>
    public required FourChances Chances { get; init; }
}

/// <summary>The second layer: the chances from the member's past votes, without its stance.</summary>
public sealed record RecordLayer
{
    /// <summary>`record`: from its own votes; `everybody`: it has none; `settings`: no member has any.</summary>
    public required ChancesFrom From { get; init; }

    /// <summary>The chances from the record.</summary>
    public required FourChances Chances { get; init; }

    /// <summary>The past votes with the largest weights, and the weight of each.</summary>
    public required IReadOnlyList<PastVoteShare> Votes { get; init; }

    /// <summary>The remaining weight: recent votes of all members, and of its regional group or, in the learned model, of the members that vote alike.</summary>
    public required double EverybodysShare { get; init; }
}

/// <summary>The third layer: the remaining weight of the stance.</summary>
public sealed record AgeLayer
{
    /// <summary>Days since the evidence was recorded.</summary>
    public required int Days { get; init; }

    /// <summary>The days after which the weight of the stance is halved.</summary>
    public required double HalfLifeDays { get; init; }

    /// <summary>The remaining weight: 2 to the power of −days / halfLifeDays.</summary>
    public required double StanceShare { get; init; }
}

/// <summary>The layer of the stances of other members.</summary>
public sealed record OthersLayer
{
    /// <summary>The number of members with a stance.</summary>
    public required int Stances { get; init; }

    /// <summary>The sum of the weights of these stances: each is held × stanceShare.</summary>
    public required double StanceWeight { get; init; }

    /// <summary>The chances of the member, given these stances.</summary>
    public required FourChances Chances { get; init; }

    /// <summary>The share of the probability that the stances move, compared with the record.</summary>
    public required double Moved { get; init; }

    internal static OthersLayer? Create(ForecastSnapshot forecast, MemberForecast member) =>
        forecast.Update is { } update && member.FromOthers is { } chances
            ? new OthersLayer
            {
                Stances = update.Stances,
                StanceWeight = update.Weight,
                Chances = FourChances.FromChances(chances),
                Moved = Enum.GetValues<Vote>().Sum(vote => Math.Max(0, chances[vote] - member.Expectation.Base[vote])),
            }
            : null;
}

/// <summary>Four chances. Their sum is 1.</summary>
public sealed record FourChances
{
    /// <summary>Yes.</summary>
    public required double Yes { get; init; }

    /// <summary>No.</summary>
    public required double No { get; init; }

    /// <summary>Abstains.</summary>
    public required double Abstain { get; init; }

    /// <summary>Is absent or does not vote.</summary>
    public required double Absent { get; init; }

    internal static FourChances FromChances(Chances chances) =>
        new()
        {
            Yes = chances.Yes,
            No = chances.No,
            Abstain = chances.Abstain,
            Absent = chances.Absent,
        };
}
