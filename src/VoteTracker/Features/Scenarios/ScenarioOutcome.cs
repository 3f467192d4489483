using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Scenarios;

/// <summary>What a scenario comes to, beside what stands.</summary>
public sealed record ScenarioOutcome
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The resolution's version that it was computed from.</summary>
    public required long Version { get; init; }

    /// <summary>What it supposes.</summary>
    public required IReadOnlyList<ScenarioChange> Changes { get; init; }

    /// <summary>The count if it were so, with its outlook.</summary>
    public required Tally Tally { get; init; }

    /// <summary>
    /// The chance that the majority is reached if it were so, as `forecast` has it; who is supposed to stand somewhere is
    /// expected to hold to it as its certainty says. Null where the rule is not recorded.
    /// </summary>
    public required double? Probability { get; init; }

    /// <summary>The count as it stands.</summary>
    public required Tally Now { get; init; }

    /// <summary>The chance as it stands: the forecast's.</summary>
    public required double? ProbabilityNow { get; init; }

    /// <summary>What it changes: the count if it were so less the count as it stands.</summary>
    public required ScenarioDifference Difference { get; init; }

    /// <summary>Every move and what it does to the margin; together they are the margin's difference.</summary>
    public required IReadOnlyList<Move> Moves { get; init; }

    /// <summary>Computes it from what stands; 409 where the vote is over.</summary>
    internal static async Task<Results<Ok<ScenarioOutcome>, ProblemHttpResult>> Create(
        TallySnapshot snapshot,
        IReadOnlyList<ScenarioChange> changes,
        ReferenceData facts,
        ForecastCache forecasts
    )
    {
        if (snapshot.Basis != Basis.Stances)
        {
            return StanceForUpdate.VoteIsOver(snapshot.Standings.Status);
        }
        var prospects = await forecasts.Get(snapshot);
        var standings = prospects.Counted.Standings;
        var supposed = standings.Apply(changes, facts.Groups);
        var (now, tally) = (Tally.FromStandings(standings), Tally.FromStandings(supposed));
        var probabilityNow = prospects.Forecast.Probability;
        var probability = Forecast.ProbabilityOf(supposed.Rule, prospects.Suppose(supposed, forecasts.Numbers));
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

/// <summary>How many more, or with a minus fewer, than as it stands.</summary>
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

    /// <summary>Members of whom nobody has recorded anything.</summary>
    public required int? Unknown { get; init; }

    /// <summary>Members that may not vote.</summary>
    public required int? Ineligible { get; init; }

    /// <summary>Members present and voting (rule 86).</summary>
    public required int? PresentAndVoting { get; init; }

    /// <summary>Yes votes that are needed.</summary>
    public required int? Required { get; init; }

    /// <summary>The margin; where the rule changes, each is measured by its own.</summary>
    public required int? Margin { get; init; }

    /// <summary>The chance that the majority is reached; null where there is none before or after.</summary>
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
