using System.Globalization;
using System.Text.Json.Serialization;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Forecasts;

/// <summary>How likely a resolution is to be carried, and why. Nothing in it is rounded.</summary>
public sealed record ForecastReport
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change of the resolution that is in it; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The chance that this majority is reached, with members independent of each other; null where the rule is not recorded.</summary>
    public required double? Probability { get; init; }

    /// <summary>The same where regional groups move together; null where no `blocShock` was asked for.</summary>
    public required double? ProbabilityWithBlocShock { get; init; }

    /// <summary>The correlation of leanings within a regional group that was asked for.</summary>
    public required double? BlocShock { get; init; }

    /// <summary>Yes votes: the expected number, and an interval that holds at least `coverage` of what may come.</summary>
    public required ExpectedCount Yes { get; init; }

    /// <summary>No votes.</summary>
    public required ExpectedCount No { get; init; }

    /// <summary>The margin, with the chance of each; null where the rule is not recorded.</summary>
    public required ExpectedMargin? Margin { get; init; }

    /// <summary>What the intervals hold at least: at most half of the rest is below, at most half above.</summary>
    public required double Coverage { get; init; }

    /// <summary>The members of the day of the vote.</summary>
    public required int Members { get; init; }

    /// <summary>Those that may vote: the items of `states`.</summary>
    public required int Eligible { get; init; }

    /// <summary>The roll calls that the record's layer was made from; 0 without a record.</summary>
    public required int RollCalls { get; init; }

    /// <summary>What was assumed, in sentences.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Each member that may vote, in the order of their codes.</summary>
    public required IReadOnlyList<ForecastState> States { get; init; }

    /// <summary>The layers of one member's chances, where `explain` asked for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedState? Explain { get; init; }

    internal static ForecastReport Create(ForecastSnapshot snapshot, double? shock)
    {
        var standings = snapshot.Standings;
        var forecast = snapshot.Forecast;
        var pivotalities = snapshot.Pivotalities;
        return new ForecastReport
        {
            Resolution = standings.Resolution,
            AsOf = standings.AsOf,
            Version = standings.Version,
            Rule = standings.Rule,
            Probability = forecast.Probability,
            ProbabilityWithBlocShock = shock is { } s
                ? VoteTracker.Voting.Forecasts.BlocShock.ProbabilityOf(
                    standings.Rule,
                    snapshot.Chances,
                    [.. snapshot.Members.Select(m => m.Region)],
                    s
                )
                : null,
            BlocShock = shock,
            Yes = forecast.Yes,
            No = forecast.No,
            Margin = forecast.Margin,
            Coverage = Forecast.Coverage,
            Members = standings.Members.Count,
            Eligible = snapshot.Members.Count,
            RollCalls = snapshot.Record.Record.Resolutions.Count,
            Assumptions = [.. Assumed(snapshot, shock)],
            States =
            [
                .. snapshot.Members.Select(
                    (member, i) =>
                        ForecastState.Create(
                            member,
                            snapshot.Chances[i],
                            snapshot.NothingRecorded,
                            pivotalities.Count > 0 ? pivotalities[i] : null
                        )
                ),
            ],
        };
    }

    private static IEnumerable<string> Assumed(ForecastSnapshot snapshot, double? shock)
    {
        yield return "Members choose independently of each other in `probability`, in the intervals and in the pivotalities.";
        if (shock is not null)
        {
            yield return VoteTracker.Voting.Forecasts.BlocShock.Model;
        }
        if (snapshot.NothingRecorded)
        {
            yield return "Nobody's stance is recorded: there is nothing to forecast from, nobody is counted as voting, and 0-0 reaches nothing.";
            yield break;
        }
        yield return "Stance: a position is held to as its certainty says on the day it is recorded; the rest is spread as the member's record has it, without one as the settings say.";
        yield return snapshot.Prediction.IsEmpty
            ? "Record: there is no roll call; who is undecided or unknown mostly stays out of the vote, as the settings say."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Record: who is undecided or unknown does what its votes on {snapshot.Record.Record.Resolutions.Count} earlier texts let one expect, those of the same session first and the newest most; who has none does what everybody did."
            );
        yield return "Age: with every half-life since the evidence, half of what was left of a stance gives way to the record; a leaning lasts as the record bears it out.";
        if (snapshot.Standings.Rule == MajorityRule.NotRecorded)
        {
            yield return "The record does not tell which majority it needs, so there is no probability.";
        }
    }
}

/// <summary>What is expected of one member: four chances that add up to 1, and what hangs on it.</summary>
public sealed record ForecastState
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The chance that it votes yes.</summary>
    public required double Yes { get; init; }

    /// <summary>That it votes no.</summary>
    public required double No { get; init; }

    /// <summary>That it abstains.</summary>
    public required double Abstain { get; init; }

    /// <summary>That it does not vote.</summary>
    public required double Absent { get; init; }

    /// <summary>Where it stands.</summary>
    public required Position Position { get; init; }

    /// <summary>How firmly.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>The layer that most of its chances come from.</summary>
    public required ChancesFrom From { get; init; }

    /// <summary>What the stance has in them, after its age; the rest is the record's.</summary>
    public required double StanceShare { get; init; }

    /// <summary>How much the probability would change if it surely did this or that; null where the rule is not recorded.</summary>
    public required Pivotality? Pivotality { get; init; }

    internal static ForecastState Create(
        MemberForecast member,
        Chances chances,
        bool nothing,
        Pivotality? pivotality
    ) =>
        new()
        {
            MemberState = member.Ballot.MemberState,
            Yes = chances.Yes,
            No = chances.No,
            Abstain = chances.Abstain,
            Absent = chances.Absent,
            Position = member.Ballot.Position,
            Certainty = member.Ballot.Certainty,
            From =
                nothing ? ChancesFrom.Nothing
                : member.Expectation.Share >= 0.5 ? ChancesFrom.Stance
                : member.Expectation.BaseFrom,
            StanceShare = member.Expectation.Share,
            Pivotality = pivotality,
        };
}
