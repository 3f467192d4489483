using System.Text.Json.Serialization;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Forecasts;

/// <summary>How far it is, what would turn it, and whom to talk to first.</summary>
public sealed record PathReport
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change counted; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The goal that the states are ranked for.</summary>
    public required Goal Goal { get; init; }

    /// <summary>Whether the majority is reached as things stand; null where the rule is not recorded.</summary>
    public required bool? Reached { get; init; }

    /// <summary>Whether that is what the goal wants: then the flips are what to guard against, else what to work for.</summary>
    public required bool? GoalMet { get; init; }

    /// <summary>How far from the edge: Y − 2N under two thirds, Y − N under a simple majority.</summary>
    public required int? Margin { get; init; }

    /// <summary>The fewest flips that turn the result; null where there are not enough, and where the rule is not recorded.</summary>
    public required int? Flips { get; init; }

    /// <summary>Which these are: all kinds together, those that change sides as few as can be; null where there are not enough.</summary>
    public required IReadOnlyList<FlipCount>? Fewest { get; init; }

    /// <summary>Each kind of flip towards the turn by itself: how many it takes, and how many there are.</summary>
    public required IReadOnlyList<Flip> Kinds { get; init; }

    /// <summary>How the states are ranked.</summary>
    public required string Formula { get; init; }

    /// <summary>Whom to talk to for the goal, the highest score first, then by code. Whom to hold, the other goal lists.</summary>
    public required IReadOnlyList<PathState> States { get; init; }

    internal static PathReport Create(
        ForecastSnapshot forecast,
        Goal goal,
        IReadOnlyDictionary<string, CoSponsorStatus> coSponsors,
        Func<string, LastContact?> lastContact
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
            Formula = Reachability.Formula,
            States =
            [
                .. forecast
                    .Members.SelectMany(member => Best(standings.Rule, goal, member, coSponsors, lastContact))
                    .OrderByDescending(state => state.Score)
                    .ThenBy(state => state.MemberState, StringComparer.Ordinal),
            ],
        };
    }

    // Of what it can be brought to, that which promises most.
    private static IEnumerable<PathState> Best(
        MajorityRule rule,
        Goal goal,
        MemberForecast member,
        IReadOnlyDictionary<string, CoSponsorStatus> coSponsors,
        Func<string, LastContact?> lastContact
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
                var reach = Reachability.Compute(flip, member.Expectation, coSponsor, contact);
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
}

/// <summary>A member to talk to, and what that promises.</summary>
public sealed record PathState
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>Where it stands.</summary>
    public required Position Position { get; init; }

    /// <summary>How firmly.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>What it is to be brought to: of what it could, that which promises most.</summary>
    public required FlipKind Flip { get; init; }

    /// <summary>What that would add to the margin, or for the goal `block` take from it.</summary>
    public required int Gain { get; init; }

    /// <summary>How far it can be brought there, 0 to 1: the product of the parts.</summary>
    public required double Reachability { get; init; }

    /// <summary>gain × reachability.</summary>
    public required double Score { get; init; }

    /// <summary>Each part of it.</summary>
    public required Reachability Parts { get; init; }

    /// <summary>How far it is as co-sponsor; null where nothing is recorded.</summary>
    public required CoSponsorStatus? CoSponsor { get; init; }

    /// <summary>Days since somebody spoke with it; lobbyists and up, and left out where nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DaysSinceContact { get; init; }
}
