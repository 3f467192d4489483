using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Rules;

/// <summary>
/// What belongs to a text and is put to the vote by itself: motions, amendments, parts. Until somebody says where a
/// member stands on a part, it is taken to stand as on what the part belongs to, and that is marked.
/// </summary>
public static class Parts
{
    /// <summary>
    /// The place of a kind in the order of the votes: motions before the text they are about (rule 77), amendments
    /// before the proposal (rule 90), its parts before what is left of it as a whole (rule 89).
    /// </summary>
    public static int PlaceOf(ResolutionKind kind) =>
        kind switch
        {
            ResolutionKind.Motion => 0,
            ResolutionKind.Amendment => 1,
            ResolutionKind.Paragraph => 2,
            _ => 3,
        };

    /// <summary>
    /// The standings of a part in which who is unknown stands as on the whole; and of whom that is so, with the text
    /// that it comes from. What was voted, on either, is not passed on.
    /// </summary>
    public static Inherited Inherit(this Standings part, Inherited whole)
    {
        if (part.Basis != Basis.Stances || whole.Standings.Basis != Basis.Stances)
        {
            return Inherited.Nothing(part);
        }
        var known = whole
            .Standings.Ballots.Where(ballot => ballot.Position != Position.Unknown)
            .ToDictionary(ballot => ballot.MemberState, StringComparer.Ordinal);
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        var ballots = new List<Ballot>(part.Ballots.Count);
        foreach (var ballot in part.Ballots)
        {
            if (ballot.Position == Position.Unknown && known.TryGetValue(ballot.MemberState, out var on))
            {
                from[ballot.MemberState] = whole.From.GetValueOrDefault(ballot.MemberState, whole.Standings.Resolution);
                ballots.Add(ballot with { Position = on.Position, Certainty = on.Certainty });
            }
            else
            {
                ballots.Add(ballot);
            }
        }
        return new Inherited(part with { Ballots = ballots }, from);
    }
}

/// <summary>Standings, and the text that a member's stance comes from where it is not this one's own.</summary>
public sealed record Inherited(Standings Standings, IReadOnlyDictionary<string, string> From)
{
    /// <summary>All its own.</summary>
    public static Inherited Nothing(Standings standings) =>
        new(standings, new Dictionary<string, string>(StringComparer.Ordinal));
}
