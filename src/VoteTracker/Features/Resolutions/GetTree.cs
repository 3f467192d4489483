using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Resolutions;

/// <summary>Shows a resolution with its amendments, paragraphs and motions.</summary>
internal sealed class GetTree(Db db, TallyCache live)
    : EndpointWithoutRequest<Results<Ok<TextInTree>, ProblemHttpResult>>
{
    private static readonly WordParameter<ShownStances> StancesParameter = new(
        "stances",
        "`none`: without the stances."
    );

    // A resolution has some dozens of amendments and paragraphs.
    private const int MaxParts = 500;

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tree");
        Description(route =>
            route
                .Requires(Right.SeeResolutions, hidesExistence: true)
                .Described(
                    "Resolutions",
                    "Shows a resolution with its amendments, paragraphs and motions",
                    "In the order of the votes: motions, then amendments (rule 90), then paragraphs (rule 89), each kind by its `order`, then as they were opened. The resolution itself is voted on last, and is the root. If nothing is recorded for a member, it inherits its position on the parent, and is marked. The real position on an amendment can be the opposite."
                )
                .Takes(StancesParameter)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<TextInTree>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var withStances = query.Read(StancesParameter) is null;
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var (root, below) = await db.Read(async connection =>
            (
                await RouteResolution.LoadWithRole(connection, id, HttpContext),
                await ResolutionStore.ListBelow(connection, id, MaxParts)
            )
        );
        var parts = below.ToLookup(part => part.Parent, StringComparer.Ordinal);
        return await CreateNode(root, parent: null) is { } tree ? TypedResults.Ok(tree) : Problems.NoResolution(id);

        async Task<TextInTree?> CreateNode(Resolution resolution, InheritedStances? parent)
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
                if (await CreateNode(part, inherited) is { } child)
                {
                    children.Add(child);
                }
            }
            return TextInTree.Create(resolution, snapshot.Tally, inherited, withStances, children);
        }
    }

    /// <summary>Which stances are shown.</summary>
    internal enum ShownStances
    {
        /// <summary>No stances.</summary>
        None,
    }
}

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

    internal static TextInTree Create(
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
