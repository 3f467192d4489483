using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>One member's chances, layer by layer.</summary>
public sealed record ExplainedState
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>What the stance means; null where none is held: unknown or undecided.</summary>
    public required StanceLayer? Stance { get; init; }

    /// <summary>What the record says.</summary>
    public required RecordLayer Record { get; init; }

    /// <summary>What age has done to the stance; null where none is held.</summary>
    public required AgeLayer? Age { get; init; }

    /// <summary>The chances in the end: the stance's by `age.stanceShare`, the record's by the rest.</summary>
    public required FourChances Chances { get; init; }

    internal static ExplainedState Create(ForecastSnapshot forecast, MemberForecast member)
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
            Chances = FourChances.FromChances(
                forecast.NothingRecorded
                    ? VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting)
                    : expectation.Chances
            ),
        };
    }
}

/// <summary>The first layer: what position and certainty mean.</summary>
public sealed record StanceLayer
{
    /// <summary>Where it stands.</summary>
    public required Position Position { get; init; }

    /// <summary>How firmly.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>How likely a position of that certainty is held to: a setting.</summary>
    public required double Held { get; init; }

    /// <summary>What the rest is spread by: `record` or `settings`.</summary>
    public required ChancesFrom RestFrom { get; init; }

    /// <summary>What the stance alone would mean.</summary>
    public required FourChances Chances { get; init; }
}

/// <summary>The second layer: what the member's past votes let one expect, whatever its stance.</summary>
public sealed record RecordLayer
{
    /// <summary>`record`: its own votes; `everybody`: it has none; `settings`: nobody has any.</summary>
    public required ChancesFrom From { get; init; }

    /// <summary>What they let one expect.</summary>
    public required FourChances Chances { get; init; }

    /// <summary>The votes it rests on, by their shares in how the member votes if it does.</summary>
    public required IReadOnlyList<PastVoteShare> Votes { get; init; }

    /// <summary>What is left of 1: what everybody, and its regional group, did lately.</summary>
    public required double EverybodysShare { get; init; }
}

/// <summary>The third layer: how much of the stance is left.</summary>
public sealed record AgeLayer
{
    /// <summary>Days since the evidence was recorded.</summary>
    public required int Days { get; init; }

    /// <summary>The days after which half of it has given way to the record.</summary>
    public required double HalfLifeDays { get; init; }

    /// <summary>What is left: 2 to the power of −days / halfLifeDays.</summary>
    public required double StanceShare { get; init; }
}

/// <summary>Four chances, together 1.</summary>
public sealed record FourChances
{
    /// <summary>Yes.</summary>
    public required double Yes { get; init; }

    /// <summary>No.</summary>
    public required double No { get; init; }

    /// <summary>Abstains.</summary>
    public required double Abstain { get; init; }

    /// <summary>Does not vote.</summary>
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
