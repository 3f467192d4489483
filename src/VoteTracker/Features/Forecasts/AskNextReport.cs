using VoteTracker.Live;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>The states whose position is most worth knowing. Amounts of information are in bits.</summary>
public sealed record AskNextReport
{
    /// <summary>More than there are members.</summary>
    internal const int MaxStates = 500;

    /// <summary>The number of states by default.</summary>
    internal const int DefaultStates = 10;

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change that is counted; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The current probability that the majority is reached, as in `forecast`. While no stance is recorded, it is from the record alone. Null if the rule is not recorded.</summary>
    public required double? Probability { get; init; }

    /// <summary>The uncertainty about adoption: 1 at a probability of one half, 0 if the result is certain. Null without a probability.</summary>
    public required double? Uncertainty { get; init; }

    /// <summary>The model that predicts from the record.</summary>
    public required ForecastModel Model { get; init; }

    /// <summary>Whether it is still being estimated how members move together. Until then, an answer says nothing about other states.</summary>
    public required bool Preparing { get; init; }

    /// <summary>How the states are ranked: `adoption`, or `votes` if the probability is under 0.01 or over 0.99, or if it is null.</summary>
    public required AskNextCriterion Criterion { get; init; }

    /// <summary>The ranking in one sentence.</summary>
    public required string Formula { get; init; }

    /// <summary>The number of states without a firm stance.</summary>
    public required int Open { get; init; }

    /// <summary>The first of them, the highest score first, then by code.</summary>
    public required IReadOnlyList<AskNextState> States { get; init; }

    /// <summary>Creates the report of a forecast.</summary>
    internal static AskNextReport Create(ForecastSnapshot forecast, int limit)
    {
        var standings = forecast.Standings;
        var cases = forecast.CasesToAsk();
        var probability = forecast.NothingRecorded
            ? DependentForecast.ProbabilityOf(standings.Rule, cases)
            : forecast.Forecast.Probability;
        var criterion = AskNext.CriterionOf(probability);
        var open = AskNext
            .Compute(standings.Rule, cases)
            .Where(answer => forecast.Members[answer.Member].Expectation.Kept < AskNextState.Firm)
            .ToList();
        return new AskNextReport
        {
            Resolution = standings.Resolution,
            AsOf = standings.AsOf,
            Version = standings.Version,
            Rule = standings.Rule,
            Probability = probability,
            Uncertainty = probability is { } p ? AskNext.UncertaintyOf(p) : null,
            Model = forecast.Prediction.Model,
            Preparing = !forecast.Factors.IsReady,
            Criterion = criterion,
            Formula =
                probability is null ? AskNextState.ByVotesWithoutRule
                : criterion == AskNextCriterion.Adoption ? AskNextState.ByAdoption
                : AskNextState.ByVotes,
            Open = open.Count,
            States =
            [
                .. open.OrderByDescending(answer => answer.Score(criterion))
                    .ThenBy(answer => forecast.Members[answer.Member].Ballot.MemberState, StringComparer.Ordinal)
                    .Take(limit)
                    .Select(answer => AskNextState.Create(forecast, cases, answer, criterion)),
            ],
        };
    }
}
