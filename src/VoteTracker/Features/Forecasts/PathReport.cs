using System.Data.Common;
using Dapper;
using VoteTracker.Features.Engagements;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Forecasts;

/// <summary>The distance to the majority, the fewest changes that turn the result, and the states to talk to.</summary>
public sealed record PathReport
{
    /// <summary>More than there are members.</summary>
    internal const int MaxStates = 500;

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change that is counted; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The goal that the states are ranked for.</summary>
    public required Goal Goal { get; init; }

    /// <summary>Whether the majority is currently reached; null if the rule is not recorded.</summary>
    public required bool? Reached { get; init; }

    /// <summary>Whether the goal is currently met. If it is, the flips are the risks; otherwise they are the ways to meet it.</summary>
    public required bool? GoalMet { get; init; }

    /// <summary>The margin: Y − 2N for two thirds, Y − N for a simple majority.</summary>
    public required int? Margin { get; init; }

    /// <summary>The smallest number of flips that turn the result; null if there are not enough, or if the rule is not recorded.</summary>
    public required int? Flips { get; init; }

    /// <summary>These flips by kind, with as few changes of side as possible; null if there are not enough.</summary>
    public required IReadOnlyList<FlipCount>? Fewest { get; init; }

    /// <summary>Each kind of flip alone: the number that turns the result, and the number of possible flips.</summary>
    public required IReadOnlyList<Flip> Kinds { get; init; }

    /// <summary>How the states are ranked.</summary>
    public required string Formula { get; init; }

    /// <summary>The states to talk to for the goal, the highest score first, then by code. The other goal lists the states to keep. With `top`, only the first ones.</summary>
    public required IReadOnlyList<PathState> States { get; init; }

    /// <summary>
    /// Creates the report of a forecast for a caller that may see it. For callers that may see contacts, the days since the
    /// last engagement with a state are a factor.
    /// </summary>
    internal static async Task<PathReport> Load(
        DbConnection connection,
        ForecastSnapshot forecast,
        Goal goal,
        Caller caller,
        int top = MaxStates,
        bool withPressures = false
    )
    {
        var coSponsors = await connection.QueryAsync<CoSponsorRow>(
            "SELECT member_state, status FROM co_sponsor WHERE resolution = @id",
            new { id = forecast.Standings.Resolution }
        );
        var seesContacts = caller.May(Right.SeeContacts);
        var contacts = seesContacts
            ? await connection.QueryAsync<ContactRow>(
                $"""
                SELECT member_state, MAX(on_day) AS on_day
                FROM engagement
                WHERE {LastEngagement.IsContact} AND {StateEngagement.VisibleTo(caller)}
                GROUP BY member_state
                """,
                new { forecast.Today, caller.Label }
            )
            : [];
        var lastContacts = contacts.ToDictionary(row => row.MemberState, row => row.OnDay, StringComparer.Ordinal);
        return Create(
            forecast,
            goal,
            coSponsors.ToDictionary(
                row => row.MemberState,
                row => EnumWord<CoSponsorStatus>.Parse(row.Status),
                StringComparer.Ordinal
            ),
            code =>
                !seesContacts ? null
                : lastContacts.TryGetValue(code, out var day)
                    ? new LastContact(forecast.Today.DayNumber - day.DayNumber)
                : new LastContact(null),
            top,
            withPressures
        );
    }

    private static PathReport Create(
        ForecastSnapshot forecast,
        Goal goal,
        IReadOnlyDictionary<string, CoSponsorStatus> coSponsors,
        Func<string, LastContact?> lastContact,
        int top,
        bool withPressures
    )
    {
        var standings = forecast.Standings;
        var tally = Tally.FromStandings(standings);
        var path = PathToGoal.From(standings.Rule, VoteCount.FromBallots(standings.Ballots));
        return new PathReport
        {
            Resolution = standings.Resolution,
            AsOf = standings.AsOf,
            Version = standings.Version,
            Rule = standings.Rule,
            Goal = goal,
            Reached = path?.Reached,
            GoalMet = path is null ? null : path.Reached == (goal == Goal.Adopt),
            Margin = tally.Margin,
            Flips = path?.Flips,
            Fewest = path?.Fewest,
            Kinds = path?.Kinds ?? [],
            Formula = withPressures ? Reachability.FormulaWithPressures : Reachability.Formula,
            States =
            [
                .. forecast
                    .Members.SelectMany(member =>
                        BestFlip(
                            standings.Rule,
                            goal,
                            member,
                            coSponsors,
                            lastContact,
                            withPressures ? new PressuresOn(member.Pressure) : null
                        )
                    )
                    .OrderByDescending(state => state.Score)
                    .ThenBy(state => state.MemberState, StringComparer.Ordinal)
                    .Take(top),
            ],
        };
    }

    // The flip with the highest score.
    private static IEnumerable<PathState> BestFlip(
        MajorityRule rule,
        Goal goal,
        MemberForecast member,
        IReadOnlyDictionary<string, CoSponsorStatus> coSponsors,
        Func<string, LastContact?> lastContact,
        PressuresOn? pressures
    )
    {
        var code = member.Ballot.MemberState;
        var coSponsor = coSponsors.TryGetValue(code, out var status) ? status : (CoSponsorStatus?)null;
        var contact = lastContact(code);
        return Reachability
            .Flips(goal, member.Ballot.Position)
            .Where(_ => rule != MajorityRule.NotRecorded)
            .Select(flip =>
            {
                var reach = Reachability.Compute(flip, member.Expectation, coSponsor, contact, pressures);
                var gain = Math.Abs(PathToGoal.Effect(rule, flip)!.Value);
                return new PathState
                {
                    MemberState = code,
                    Position = member.Ballot.Position,
                    Certainty = member.Ballot.Certainty,
                    Flip = flip,
                    Gain = gain,
                    Reachability = reach.Product,
                    Score = gain * reach.Product,
                    Parts = reach,
                    CoSponsor = coSponsor,
                    DaysSinceContact = contact?.Days,
                };
            })
            .OrderByDescending(state => state.Score)
            .Take(1);
    }

    private sealed record CoSponsorRow
    {
        public string MemberState { get; init; } = "";
        public string Status { get; init; } = "";
    }

    private sealed record ContactRow
    {
        public string MemberState { get; init; } = "";
        public DateOnly OnDay { get; init; }
    }
}
