using System.Globalization;
using System.Text.Json.Serialization;
using VoteTracker.Live;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Forecasts;

/// <summary>The forecast of a vote, with the values that it depends on. Numbers are not rounded.</summary>
public sealed record ForecastReport
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change of the resolution; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The probability that the majority is reached; null if the rule is not recorded.</summary>
    public required double? Probability { get; init; }

    /// <summary>The probability if regional groups move together; null without `blocShock`.</summary>
    public required double? ProbabilityWithBlocShock { get; init; }

    /// <summary>The requested correlation within a regional group.</summary>
    public required double? BlocShock { get; init; }

    /// <summary>The yes votes: the expected number, and an interval with a probability of at least `coverage`.</summary>
    public required ExpectedCount Yes { get; init; }

    /// <summary>The no votes.</summary>
    public required ExpectedCount No { get; init; }

    /// <summary>The margin, with the probability of each value; null if the rule is not recorded.</summary>
    public required ExpectedMargin? Margin { get; init; }

    /// <summary>The least probability of the intervals. At most half of the rest is below, at most half above.</summary>
    public required double Coverage { get; init; }

    /// <summary>The number of members on the day of the vote.</summary>
    public required int Members { get; init; }

    /// <summary>The number of members that may vote, which is the length of `states`.</summary>
    public required int Eligible { get; init; }

    /// <summary>The number of roll calls in the record; 0 without a record.</summary>
    public required int RollCalls { get; init; }

    /// <summary>How members move together. Only with `dependence=record`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DependenceReport? Dependence { get; init; }

    /// <summary>The pressures that are used. Only with `pressure=true`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PressureReport? Pressure { get; init; }

    /// <summary>The model that predicts from the record.</summary>
    public required ForecastModel Model { get; init; }

    /// <summary>What the forecast could not use; empty if nothing is missing. `assumptions` has the same as sentences.</summary>
    public required IReadOnlyList<MissingFact> Missing { get; init; }

    /// <summary>The assumptions, as sentences.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Each member that may vote, in the order of their codes.</summary>
    public required IReadOnlyList<ForecastState> States { get; init; }

    /// <summary>The chances of one member layer by layer; only with `explain`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedState? Explain { get; init; }

    /// <summary>The report of a forecast with pressures.</summary>
    internal static ForecastReport Create(PressedForecast pressed, double? shock)
    {
        var report = Create(pressed.With, shock);
        var pressure = PressureReport.Create(pressed);
        return report with { Pressure = pressure, Assumptions = [.. report.Assumptions, Assumed(pressure)] };
    }

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
            Dependence = DependenceReport.Create(snapshot),
            Model = snapshot.Prediction.Model,
            Missing = [.. MissingFacts.List(snapshot)],
            Assumptions = [.. Assumed(snapshot, shock), .. MissingFacts.List(snapshot).Select(MissingFacts.Describe)],
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

    private static string Assumed(PressureReport pressure) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Pressure: one pressure moves a share of the probability of the other votes to its vote: low {pressure.Low}, medium {pressure.Medium}, high {pressure.High}. The settings have these shares; they are an assumption, and not an estimate from votes. Several pressures work at the same time, and opposite ones divide what they move."
        );

    private static IEnumerable<string> Assumed(ForecastSnapshot snapshot, double? shock)
    {
        yield return snapshot.Options.Dependence == VoteDependence.Record
            ? DependenceReport.Assumed(snapshot)
            : "Members vote independently of each other in `probability`, in the intervals and in the pivotalities.";
        if (shock is not null)
        {
            yield return VoteTracker.Voting.Forecasts.BlocShock.Model;
        }
        if (snapshot.NothingRecorded)
        {
            yield return "No stance is recorded, so there is nothing to forecast from. No member is counted as voting, and 0-0 reaches no majority.";
            yield break;
        }
        yield return "Stance: a position is kept with the probability of its certainty on the day it is recorded. The rest is distributed like the member's record, or by the settings if it has none.";
        yield return snapshot.Prediction.IsEmpty
            ? "Record: there is no roll call. Undecided and unknown members mostly do not vote, by the settings."
        : snapshot.Prediction.Model == ForecastModel.Learned
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Record: undecided and unknown members vote as the learned model predicts from {snapshot.Record.Record.Resolutions.Count} earlier resolutions. Similar resolutions, recent votes and members that vote alike have the largest weights. A member without votes votes like all members."
            )
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Record: undecided and unknown members vote like their votes on {snapshot.Record.Record.Resolutions.Count} earlier resolutions. Votes of the same session and recent votes have the largest weights. A member without votes votes like all members."
        );
        if (snapshot.Update is { } update)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Stances of others: {update.Stances} known stances update the chances of the members without one. Members that moved with a state in past roll calls follow its stance. `learn=false` leaves this out."
            );
        }
        yield return "Age: with each half-life since the evidence, the weight of a stance is halved, in favour of the record. The half-life of a leaning depends on how well the record supports it.";
        if (snapshot.Standings.Rule == MajorityRule.NotRecorded)
        {
            yield return "The required majority is not recorded, so there is no probability.";
        }
    }
}

/// <summary>The expected vote of one member: four chances whose sum is 1, and its effect on the probability.</summary>
public sealed record ForecastState
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The chance that it votes yes.</summary>
    public required double Yes { get; init; }

    /// <summary>The chance that it votes no.</summary>
    public required double No { get; init; }

    /// <summary>The chance that it abstains.</summary>
    public required double Abstain { get; init; }

    /// <summary>The chance that it does not vote.</summary>
    public required double Absent { get; init; }

    /// <summary>The position.</summary>
    public required Position Position { get; init; }

    /// <summary>The certainty.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>The layer with the largest weight. A member without a stance has `others` as soon as stances of other members update its chances, however little.</summary>
    public required ChancesFrom From { get; init; }

    /// <summary>The weight of the stance after its age. The rest is the weight of the record.</summary>
    public required double StanceShare { get; init; }

    /// <summary>The share of the probability that pressures move. Only with `pressure=true`, and for members under pressure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MovedByPressure { get; init; }

    /// <summary>How much the probability would change if the vote of the member were certain; null if the rule is not recorded.</summary>
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
                : member.FromOthers is not null ? ChancesFrom.Others
                : member.Expectation.Share >= 0.5 ? ChancesFrom.Stance
                : member.Expectation.BaseFrom,
            StanceShare = member.Expectation.Share,
            MovedByPressure = nothing ? null : member.Pressure?.Moved,
            Pivotality = pivotality,
        };
}
