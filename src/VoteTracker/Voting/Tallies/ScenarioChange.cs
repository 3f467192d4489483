using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>
/// One thing that a scenario supposes to be otherwise: of a member state, of a whole group, or of the rule. What is
/// supposed of a member by itself goes before what is supposed of its groups; of two groups that it is in, the later
/// one counts.
/// </summary>
public sealed record ScenarioChange
{
    /// <summary>The code of a member state, ISO 3166-1 alpha-3. Each change is of one: a member state, a group, or the rule.</summary>
    public string? MemberState { get; init; }

    /// <summary>The key of a regional group or bloc: everybody in it on the day of the vote.</summary>
    public string? Group { get; init; }

    /// <summary>Where it is supposed to stand; `absent` is who stays away.</summary>
    public Position? Position { get; init; }

    /// <summary>How firmly; `confirmed` where it is left out.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>Whether it is supposed to be eligible: false is who may not vote, true who may after all.</summary>
    public bool? Eligible { get; init; }

    /// <summary>The rule that is supposed to hold: which majority is needed can itself be put to the vote.</summary>
    public MajorityRule? Rule { get; init; }
}

/// <summary>What would stand if it were so.</summary>
public static class Scenarios
{
    /// <summary>The standings with these changes. A member of theirs that is no member on that day is passed over.</summary>
    public static Standings Under(this Standings standings, IReadOnlyList<ScenarioChange> changes, Groups groups)
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
                    var its = groups.ListFor(ballot.MemberState, standings.Day).ToHashSet(StringComparer.Ordinal);
                    return ofGroups
                        .Where(change => its.Contains(change.Group!))
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
