using System.Data.Common;
using Dapper;
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

/// <summary>Shows a resolution with everything that belongs to it and is voted on by itself.</summary>
internal sealed class GetTree(Db db, TallyCache live)
    : EndpointWithoutRequest<Results<Ok<TextInTree>, ProblemHttpResult>>
{
    private static readonly WordParameter<Shown> StancesParameter = new(
        "stances",
        "`none`: without the stances, for the outline."
    );

    // A text has some dozens of amendments and parts; what is more is no text any more.
    private const int Most = 500;

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tree");
        Description(route =>
            route
                .Requires(Right.SeeResolutions, hidesExistence: true)
                .Described(
                    "Resolutions",
                    "Shows a resolution with its amendments, parts and motions",
                    "In the order in which they are voted on: motions, then amendments (rule 90), then parts (rule 89), each kind by its `order`, then as they were opened; the text itself comes last and is the root. A member of whom nothing is recorded on a part stands as on what the part belongs to, and is marked: an amendment against the text may well meet the opposite."
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
            (await Resolution.SeeWithRole(connection, id, HttpContext), await Below(connection, id))
        );
        var parts = below.ToLookup(part => part.Parent, StringComparer.Ordinal);
        return await Node(root, whole: null) is { } tree ? TypedResults.Ok(tree) : Problems.NoResolution(id);

        async Task<TextInTree?> Node(Resolution text, InheritedStances? whole)
        {
            if (await live.Get(text.Id) is not { } snapshot)
            {
                return null;
            }
            var own = snapshot.Standings;
            var inherited = whole is null ? InheritedStances.None(own) : InheritedStances.Create(own, whole);
            var children = new List<TextInTree>();
            foreach (
                var part in parts[text.Id]
                    .OrderBy(part => VotingOrder.IndexOf(part.Kind))
                    .ThenBy(part => part.Order ?? int.MaxValue)
            )
            {
                if (await Node(part, inherited) is { } child)
                {
                    children.Add(child);
                }
            }
            return TextInTree.Create(text, snapshot.Tally, inherited, withStances, children);
        }
    }

    // In the order in which they were opened, which is the order where nobody said another.
    private static async Task<List<Resolution>> Below(DbConnection connection, string id) =>
        [
            .. (
                await connection.QueryAsync<ResolutionRow>(
                    $"""
                    WITH RECURSIVE below (id) AS (
                        SELECT id FROM resolution WHERE parent = @id
                        UNION
                        SELECT part.id FROM resolution part JOIN below b ON part.parent = b.id
                    )
                    {ResolutionRow.Select}
                    WHERE r.id IN (SELECT id FROM below)
                    ORDER BY r.ordinal
                    LIMIT @Most
                    """,
                    new { id, Most }
                )
            ).Select(row => row.Resolution),
        ];

    /// <summary>What is shown of each text.</summary>
    internal enum Shown
    {
        /// <summary>No stances.</summary>
        None,
    }
}

/// <summary>A text in the tree of what belongs together.</summary>
public sealed record TextInTree
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The whole, an amendment, a part of it, or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>What has become of it.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>Its place among those of its kind when they are put to the vote; null where nobody said.</summary>
    public required int? Order { get; init; }

    /// <summary>The day of the vote, New York's.</summary>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>The count of its own stances or of its vote: what its tally answers.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The count with what is inherited; null where nothing is.</summary>
    public required Tally? TallyWithInherited { get; init; }

    /// <summary>How many members stand as on what it belongs to, because nothing else is recorded.</summary>
    public required int Inherited { get; init; }

    /// <summary>Where each member stands or how it voted, in the order of their codes; empty with `?stances=none`.</summary>
    public required IReadOnlyList<StanceInTree> Stances { get; init; }

    /// <summary>What belongs to it, in the order of the votes, before it.</summary>
    public required IReadOnlyList<TextInTree> Parts { get; init; }

    internal static TextInTree Create(
        Resolution text,
        Tally own,
        InheritedStances inherited,
        bool withStances,
        IReadOnlyList<TextInTree> parts
    ) =>
        new()
        {
            Resolution = text.Id,
            Symbol = text.Symbol,
            Title = text.Title,
            Kind = text.Kind,
            Rule = text.Rule,
            Status = text.Status,
            Order = text.Order,
            VoteOn = text.VoteOn,
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

/// <summary>Where a member stands on a text of the tree, and whether that is said of this text or taken from another.</summary>
public sealed record StanceInTree
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>Where it stands; of a vote, how it voted, non-voting as `absent`.</summary>
    public required Position Position { get; init; }

    /// <summary>How firmly; null where it is unknown, or a vote.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>Whether it may vote on that day.</summary>
    public required bool Eligible { get; init; }

    /// <summary>The text that it is inherited from; null where it is this text's own.</summary>
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
