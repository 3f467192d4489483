using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>Shows who moved between two moments, and what each move did to the margin.</summary>
internal sealed class GetDiff(Db db, ReferenceData facts, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<TallyDiff>, ProblemHttpResult>>
{
    private static readonly PastMomentParameter FromParameter = new(
        "from",
        "The first moment; UTC, with its time. When the resolution was opened, by default and for any earlier moment.",
        "2026-11-21T00:00:00Z"
    );

    private static readonly PastMomentParameter ToParameter = new(
        "to",
        "The second moment; now by default, and for any moment in the future.",
        "2026-11-21T22:10:00Z"
    )
    {
        IsUpperBound = true,
    };

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/diff");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Tallies",
                    "Shows who moved between two moments",
                    "Who stands elsewhere than before, who recorded it last and why, and what it did to the margin. The effects add up to the change of the margin: the members' moves are weighed by the rule before, and a change of the rule, of who may vote or of who is a member is a move of its own. Who went and came back is not in it."
                )
                .Takes(FromParameter, ToParameter, TallyParameters.Counting)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution of that id, or it did not exist yet at `to`."
                )
        );
    }

    public override async Task<Results<Ok<TallyDiff>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var now = clock.Moment();
        var query = new Query(HttpContext);
        var from = query.Read(FromParameter, now);
        var to = query.Read(ToParameter, now);
        var counting = query.Read(TallyParameters.Counting) ?? Counting.All;
        if (from > to)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        return await db.Read<Results<Ok<TallyDiff>, ProblemHttpResult>>(async connection =>
        {
            var resolution = await RouteResolution.LoadWithRole(connection, id, HttpContext);
            if (query.Problem is { } problem)
            {
                return problem;
            }
            // Before the resolution existed there is nothing to compare with: the difference begins with its opening.
            var first = from > resolution.CreatedAt ? from.Value : resolution.CreatedAt;
            var last = to ?? now;
            if (
                await StateReader.LoadAsOf(connection, facts, id, first) is not { } before
                || await StateReader.LoadAsOf(connection, facts, id, last) is not { } after
            )
            {
                return Problems.NoResolutionThen(id);
            }
            var causes = await MoveAttribution.Load(connection, id, first, last);
            var (was, became) = (
                Tally.FromStandings(before.Standings, counting),
                Tally.FromStandings(after.Standings, counting)
            );
            return TypedResults.Ok(
                new TallyDiff
                {
                    Resolution = id,
                    From = first,
                    To = last,
                    Counting = counting,
                    Before = was,
                    After = became,
                    MarginChange = became.Margin - was.Margin,
                    Moves =
                    [
                        .. Difference
                            .Between(before.Standings, after.Standings, counting)
                            .Select(causes.Attribute)
                            .OrderBy(move => move.ChangedAt ?? last)
                            .ThenBy(move => move.MemberState, StringComparer.Ordinal),
                    ],
                }
            );
        });
    }
}

/// <summary>What moved between two moments.</summary>
public sealed record TallyDiff
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The first moment; UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The second moment; UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Which stances count as they are.</summary>
    public required Counting Counting { get; init; }

    /// <summary>The tally at the first moment.</summary>
    public required Tally Before { get; init; }

    /// <summary>The tally at the second.</summary>
    public required Tally After { get; init; }

    /// <summary>What became of the margin: the sum of all effects; null where there is none before or after.</summary>
    public required int? MarginChange { get; init; }

    /// <summary>The moves, in the order in which they were last made.</summary>
    public required IReadOnlyList<TallyMove> Moves { get; init; }
}

/// <summary>A move, what it did to the margin, and whose it was.</summary>
public sealed record TallyMove
{
    /// <summary>What moved.</summary>
    public required MoveKind What { get; init; }

    /// <summary>The member state's code; null where the whole text moved.</summary>
    public required string? MemberState { get; init; }

    /// <summary>
    /// The word before: a position (`stance`, `vote`; non-voting is `absent`, as the tally counts it), `may-vote` or
    /// `may-not-vote`, `member` or `not-a-member`, a rule, or a basis.
    /// </summary>
    public required string From { get; init; }

    /// <summary>The word after, of the same kind.</summary>
    public required string To { get; init; }

    /// <summary>How firm the stance was; null where it is no stance, or was unknown.</summary>
    public required Certainty? FromCertainty { get; init; }

    /// <summary>How firm it is.</summary>
    public required Certainty? ToCertainty { get; init; }

    /// <summary>What it added to the margin; null where there is no margin before or after.</summary>
    public required int? Effect { get; init; }

    /// <summary>The label of the key that made it, the last of them; null where a date alone did.</summary>
    public required string? ChangedBy { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Why, as whoever made it said; of an ineligibility its reason.</summary>
    public required string? Reason { get; init; }

    /// <summary>What the stance rests on now.</summary>
    public required Evidence? Evidence { get; init; }

    /// <summary>The link to it.</summary>
    public required string? EvidenceUrl { get; init; }

    /// <summary>The note now.</summary>
    public required string? Note { get; init; }

    /// <summary>How many changes of the stance there were between the two moments; 0 where it is no stance.</summary>
    public required int Changes { get; init; }
}
