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

/// <summary>Compares a tally at two moments: the moves, and the effect of each move on the margin.</summary>
internal sealed class GetDiff(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<TallyDiff>, ProblemHttpResult>>
{
    private static readonly PastMomentParameter FromParameter = new(
        "from",
        "The first moment; UTC, with its time. By default, and for any earlier moment, the moment when the resolution was opened.",
        "2026-11-21T00:00:00Z"
    );

    private static readonly PastMomentParameter ToParameter = new(
        "to",
        "The second moment. By default, and for any moment in the future, now.",
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
                    "Compares a tally at two moments",
                    "The members whose position changed, with the last author and reason, and the effect on the margin. The effects add up to the change of the margin. Moves of members are weighted with the earlier rule. A change of the rule, of eligibility or of membership is a move of its own. A position that changed and changed back is not listed."
                )
                .Takes(FromParameter, ToParameter, TallyParameters.Counting)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "The caller can see no resolution with this id, or it did not exist yet at `to`."
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
            // Before the resolution was opened there is nothing to compare with.
            var first = from > resolution.CreatedAt ? from.Value : resolution.CreatedAt;
            var last = to ?? now;
            if (
                await StateReader.LoadAsOf(connection, referenceData, id, first) is not { } before
                || await StateReader.LoadAsOf(connection, referenceData, id, last) is not { } after
            )
            {
                return Problems.NoResolutionThen(id);
            }
            var causes = await MoveAttribution.Load(connection, id, first, last);
            var (was, became) = (Tally.FromStandings(before, counting), Tally.FromStandings(after, counting));
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
                            .Between(before, after, counting)
                            .Select(causes.Attribute)
                            .OrderBy(move => move.ChangedAt ?? last)
                            .ThenBy(move => move.MemberState, StringComparer.Ordinal),
                    ],
                }
            );
        });
    }
}

/// <summary>The moves between two moments.</summary>
public sealed record TallyDiff
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The first moment; UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The second moment; UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Which stances are counted as recorded.</summary>
    public required Counting Counting { get; init; }

    /// <summary>The tally at the first moment.</summary>
    public required Tally Before { get; init; }

    /// <summary>The tally at the second moment.</summary>
    public required Tally After { get; init; }

    /// <summary>The change of the margin: the sum of all effects. Null if there is no margin before or after.</summary>
    public required int? MarginChange { get; init; }

    /// <summary>The moves, in the order of their last changes.</summary>
    public required IReadOnlyList<TallyMove> Moves { get; init; }
}

/// <summary>A move, its effect on the margin, and its author.</summary>
public sealed record TallyMove
{
    /// <summary>The kind of move.</summary>
    public required MoveKind What { get; init; }

    /// <summary>The member state's code; null if the move concerns the whole resolution.</summary>
    public required string? MemberState { get; init; }

    /// <summary>
    /// The word before: a position (`stance`, `vote`), `may-vote` or `may-not-vote`, `member` or `not-a-member`, a rule,
    /// or a basis. Non-voting is `absent`, as in the tally.
    /// </summary>
    public required string From { get; init; }

    /// <summary>The word after, of the same kind.</summary>
    public required string To { get; init; }

    /// <summary>The certainty of the stance before; null if it was unknown, or for another kind of move.</summary>
    public required Certainty? FromCertainty { get; init; }

    /// <summary>The certainty of the stance after.</summary>
    public required Certainty? ToCertainty { get; init; }

    /// <summary>The effect on the margin; null if there is no margin before or after.</summary>
    public required int? Effect { get; init; }

    /// <summary>The label of the key that made the last change; null if a date alone caused the move.</summary>
    public required string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The reason that the author gave; for an ineligibility, its reason.</summary>
    public required string? Reason { get; init; }

    /// <summary>The kind of evidence of the stance at the second moment.</summary>
    public required Evidence? Evidence { get; init; }

    /// <summary>The link to the evidence.</summary>
    public required string? EvidenceUrl { get; init; }

    /// <summary>The note at the second moment.</summary>
    public required string? Note { get; init; }

    /// <summary>The number of changes of the stance between the two moments; 0 for another kind of move.</summary>
    public required int Changes { get; init; }
}
