using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>
/// The standings of an amendment, part or motion with the stances on its parent. A member without a stance of its own is
/// assumed to have the same position as on the parent, and such a position is marked.
/// </summary>
/// <param name="Standings">The standings, with inherited positions.</param>
/// <param name="From">By member, the resolution that an inherited position comes from.</param>
public sealed record InheritedStances(Standings Standings, IReadOnlyDictionary<string, string> From)
{
    /// <summary>The standings of a resolution without inherited positions.</summary>
    public static InheritedStances None(Standings standings) =>
        new(standings, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>
    /// The standings of a part, in which unknown members have the position that they have on the parent. Nothing is
    /// inherited after a vote on either of them.
    /// </summary>
    public static InheritedStances Create(Standings part, InheritedStances parent)
    {
        if (part.Basis != Basis.Stances || parent.Standings.Basis != Basis.Stances)
        {
            return None(part);
        }
        var known = parent
            .Standings.Ballots.Where(ballot => ballot.Position != Position.Unknown)
            .ToDictionary(ballot => ballot.MemberState, StringComparer.Ordinal);
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        var ballots = new List<Ballot>(part.Ballots.Count);
        foreach (var ballot in part.Ballots)
        {
            if (ballot.Position == Position.Unknown && known.TryGetValue(ballot.MemberState, out var inherited))
            {
                from[ballot.MemberState] = parent.From.GetValueOrDefault(
                    ballot.MemberState,
                    parent.Standings.Resolution
                );
                ballots.Add(ballot with { Position = inherited.Position, Certainty = inherited.Certainty });
            }
            else
            {
                ballots.Add(ballot);
            }
        }
        return new InheritedStances(part with { Ballots = ballots }, from);
    }
}
