using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>
/// A change that a scenario assumes: of a member state, of a group, or of the rule. A change of a member has precedence
/// over changes of its groups. If two groups of a member change, the later change applies.
/// </summary>
public sealed record ScenarioChange
{
    /// <summary>The ISO 3166-1 alpha-3 code of a member state. Each change names one of a member state, a group, or the rule.</summary>
    public string? MemberState { get; init; }

    /// <summary>The key of a regional group or bloc: all its members on the day of the vote.</summary>
    public string? Group { get; init; }

    /// <summary>The assumed position; `absent` for a member that does not attend.</summary>
    public Position? Position { get; init; }

    /// <summary>The assumed certainty; `confirmed` if it is left out.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>The assumed right to vote: false if it may not vote, true if it may.</summary>
    public bool? Eligible { get; init; }

    /// <summary>The assumed rule: the Assembly can also vote on the required majority.</summary>
    public MajorityRule? Rule { get; init; }
}

/// <summary>Applies the changes of a scenario.</summary>
public static class Scenarios
{
    /// <summary>The standings with these changes. A change of a state that is not a member on that day has no effect.</summary>
    public static Standings Apply(this Standings standings, IReadOnlyList<ScenarioChange> changes, Groups groups)
    {
        var ofGroups = changes.Where(change => change.Group is not null).ToList();
        var ofMembers = changes
            .Where(change => change.MemberState is not null)
            .ToLookup(c => c.MemberState!, StringComparer.Ordinal);
        return standings with
        {
            Rule = changes.LastOrDefault(change => change.Rule is not null)?.Rule ?? standings.Rule,
            Ballots =
            [
                .. standings.Ballots.Select(ballot =>
                {
                    var own = groups.ListFor(ballot.MemberState, standings.Day).ToHashSet(StringComparer.Ordinal);
                    return ofGroups
                        .Where(change => own.Contains(change.Group!))
                        .Concat(ofMembers[ballot.MemberState])
                        .Aggregate(ballot, With);
                }),
            ],
        };
    }

    private static Ballot With(Ballot ballot, ScenarioChange change) =>
        ballot with
        {
            Position = change.Position ?? ballot.Position,
            Certainty = change.Position switch
            {
                null => ballot.Certainty,
                Position.Unknown => null,
                _ => change.Certainty ?? Certainty.Confirmed,
            },
            Eligible = change.Eligible ?? ballot.Eligible,
        };
}
