using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Resolutions;

/// <summary>A resolution in the tree of its amendments, paragraphs and motions.</summary>
public sealed record TextInTree
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>A draft resolution, an amendment, a paragraph or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The status.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>Its place among those of its kind when they are put to the vote; null if it is not set.</summary>
    public required int? Order { get; init; }

    /// <summary>The day of the vote in New York.</summary>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>The tally of its own stances or of its vote.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The tally with inherited positions; null if none is inherited.</summary>
    public required Tally? TallyWithInherited { get; init; }

    /// <summary>The number of members that inherit their position on the parent, because nothing is recorded.</summary>
    public required int Inherited { get; init; }

    /// <summary>The position or vote of each member, in the order of their codes; empty with `?stances=none`.</summary>
    public required IReadOnlyList<StanceInTree> Stances { get; init; }

    /// <summary>Its amendments, paragraphs and motions, in the order of the votes, which come before its own.</summary>
    public required IReadOnlyList<TextInTree> Parts { get; init; }

    // Far more than any resolution has: some have dozens.
    internal const int MaxParts = 5_000;

    /// <summary>Loads the tallies of a resolution and of everything below it. Null if the resolution does not exist.</summary>
    /// <param name="live">The current tallies.</param>
    /// <param name="root">The resolution.</param>
    /// <param name="below">Everything that belongs to it, at all levels, in the order in which it was opened.</param>
    /// <param name="withStances">Whether each node has the positions of the members.</param>
    internal static async Task<TextInTree?> Load(
        TallyCache live,
        Resolution root,
        IReadOnlyList<Resolution> below,
        bool withStances
    )
    {
        var parts = below.ToLookup(part => part.Parent, StringComparer.Ordinal);
        return await LoadNode(root, parent: null);

        async Task<TextInTree?> LoadNode(Resolution resolution, InheritedStances? parent)
        {
            if (await live.Get(resolution.Id) is not { } snapshot)
            {
                return null;
            }
            var own = snapshot.Standings;
            var inherited = parent is null ? InheritedStances.None(own) : InheritedStances.Create(own, parent);
            var children = new List<TextInTree>();
            foreach (
                var part in parts[resolution.Id]
                    .OrderBy(part => VotingOrder.IndexOf(part.Kind))
                    .ThenBy(part => part.Order ?? int.MaxValue)
            )
            {
                if (await LoadNode(part, inherited) is { } child)
                {
                    children.Add(child);
                }
            }
            return Create(resolution, snapshot.Tally, inherited, withStances, children);
        }
    }

    private static TextInTree Create(
        Resolution resolution,
        Tally own,
        InheritedStances inherited,
        bool withStances,
        IReadOnlyList<TextInTree> parts
    ) =>
        new()
        {
            Resolution = resolution.Id,
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            Kind = resolution.Kind,
            Rule = resolution.Rule,
            Status = resolution.Status,
            Order = resolution.Order,
            VoteOn = resolution.VoteOn,
            Tally = own,
            TallyWithInherited =
                inherited.From.Count > 0 ? VoteTracker.Voting.Tallies.Tally.FromStandings(inherited.Standings) : null,
            Inherited = inherited.From.Count,
            Stances = withStances
                ? [.. inherited.Standings.Ballots.Select(ballot => StanceInTree.FromBallot(ballot, inherited.From))]
                : [],
            Parts = parts,
        };
}

/// <summary>The position of a member on a resolution of the tree, and whether it is inherited.</summary>
public sealed record StanceInTree
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The position. After the vote, the vote; non-voting is `absent`.</summary>
    public required Position Position { get; init; }

    /// <summary>How firm the position is; null if it is unknown, or a vote.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>Whether it may vote on the day of the vote.</summary>
    public required bool Eligible { get; init; }

    /// <summary>The resolution from which the position is inherited; null if it is recorded for this one.</summary>
    public required string? InheritedFrom { get; init; }

    internal static StanceInTree FromBallot(Ballot ballot, IReadOnlyDictionary<string, string> from) =>
        new()
        {
            MemberState = ballot.MemberState,
            Position = ballot.Position,
            Certainty = ballot.Certainty,
            Eligible = ballot.Eligible,
            InheritedFrom = from.GetValueOrDefault(ballot.MemberState),
        };
}
