using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Scenarios;

/// <summary>The outcome of a scenario, compared with the current tally.</summary>
public sealed record ScenarioOutcome
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The resolution's version that it was computed from.</summary>
    public required long Version { get; init; }

    /// <summary>The assumed changes.</summary>
    public required IReadOnlyList<ScenarioChange> Changes { get; init; }

    /// <summary>The tally of the scenario, with its outlook.</summary>
    public required Tally Tally { get; init; }

    /// <summary>
    /// The probability that the majority is reached in the scenario, computed as in `forecast`. An assumed position counts
    /// with its certainty. Null if the rule is not recorded.
    /// </summary>
    public required double? Probability { get; init; }

    /// <summary>The current tally.</summary>
    public required Tally Now { get; init; }

    /// <summary>The current probability, as in `forecast`.</summary>
    public required double? ProbabilityNow { get; init; }

    /// <summary>The tally of the scenario minus the current tally.</summary>
    public required ScenarioDifference Difference { get; init; }

    /// <summary>Every change with its effect on the margin. The effects add up to the difference of the margin.</summary>
    public required IReadOnlyList<Move> Moves { get; init; }

    /// <summary>Computes the outcome from a snapshot; 409 if the vote is over.</summary>
    internal static async Task<Results<Ok<ScenarioOutcome>, ProblemHttpResult>> Create(
        TallySnapshot snapshot,
        IReadOnlyList<ScenarioChange> changes,
        ReferenceData referenceData,
        ForecastCache forecasts
    )
    {
        if (snapshot.Basis != Basis.Stances)
        {
            return StanceProblems.VoteIsOver(snapshot.Standings.Status);
        }
        var prospects = await forecasts.Get(snapshot);
        var standings = prospects.Standings;
        var supposed = standings.Apply(changes, referenceData.Groups);
        var (now, tally) = (Tally.FromStandings(standings), Tally.FromStandings(supposed));
        var probabilityNow = prospects.Forecast.Probability;
        var probability = prospects.ProbabilityUnder(supposed, forecasts.Parameters);
        return TypedResults.Ok(
            new ScenarioOutcome
            {
                Resolution = standings.Resolution,
                Version = standings.Version,
                Changes = changes,
                Tally = tally,
                Probability = probability,
                Now = now,
                ProbabilityNow = probabilityNow,
                Difference = ScenarioDifference.Between(now, tally) with { Probability = probability - probabilityNow },
                Moves = VoteTracker.Voting.Tallies.Difference.Between(standings, supposed),
            }
        );
    }
}

/// <summary>Differences from the current tally; a negative number means fewer.</summary>
public sealed record ScenarioDifference
{
    /// <summary>Yes votes.</summary>
    public required int? Yes { get; init; }

    /// <summary>No votes.</summary>
    public required int? No { get; init; }

    /// <summary>Abstentions.</summary>
    public required int? Abstain { get; init; }

    /// <summary>Absent.</summary>
    public required int? Absent { get; init; }

    /// <summary>Undecided.</summary>
    public required int? Undecided { get; init; }

    /// <summary>Members with an unknown position.</summary>
    public required int? Unknown { get; init; }

    /// <summary>Members that may not vote.</summary>
    public required int? Ineligible { get; init; }

    /// <summary>Members present and voting (rule 86).</summary>
    public required int? PresentAndVoting { get; init; }

    /// <summary>Yes votes that the majority requires.</summary>
    public required int? Required { get; init; }

    /// <summary>The margin. If the rule changes, each tally uses its own rule.</summary>
    public required int? Margin { get; init; }

    /// <summary>The probability of the majority; null if it is null before or after.</summary>
    public double? Probability { get; init; }

    internal static ScenarioDifference Between(Tally now, Tally then) =>
        new()
        {
            Yes = then.Yes - now.Yes,
            No = then.No - now.No,
            Abstain = then.Abstain - now.Abstain,
            Absent = then.Absent - now.Absent,
            Undecided = then.Undecided - now.Undecided,
            Unknown = then.Unknown - now.Unknown,
            Ineligible = then.Ineligible - now.Ineligible,
            PresentAndVoting = then.PresentAndVoting - now.PresentAndVoting,
            Required = then.Required - now.Required,
            Margin = then.Margin - now.Margin,
        };
}
