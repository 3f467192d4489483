using System.Data.Common;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

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

    /// <summary>
    /// Compares the tally at two moments. Before the resolution was opened there is nothing to compare with, so an earlier
    /// first moment, or none, means the opening. Null if the resolution did not exist at the second moment. A caller that
    /// may not see stances gets the moves of the positions alone.
    /// </summary>
    internal static async Task<TallyDiff?> Load(
        DbConnection connection,
        ReferenceData referenceData,
        Resolution resolution,
        Caller caller,
        DateTimeOffset? from,
        DateTimeOffset to,
        Counting counting = Counting.All
    )
    {
        var id = resolution.Id;
        var first = from > resolution.CreatedAt ? from.Value : resolution.CreatedAt;
        if (
            await StateReader.LoadAsOf(connection, referenceData, id, first) is not { } before
            || await StateReader.LoadAsOf(connection, referenceData, id, to) is not { } after
        )
        {
            return null;
        }
        var (was, became) = (Tally.FromStandings(before, counting), Tally.FromStandings(after, counting));
        return new TallyDiff
        {
            Resolution = id,
            From = first,
            To = to,
            Counting = counting,
            Before = was,
            After = became,
            MarginChange = became.Margin - was.Margin,
            Moves =
            [
                .. (await ListMoves(connection, id, caller, before, after, counting, (first, to)))
                    .OrderBy(move => move.ChangedAt ?? to)
                    .ThenBy(move => move.MemberState, StringComparer.Ordinal),
            ],
        };
    }

    private static async Task<IEnumerable<TallyMove>> ListMoves(
        DbConnection connection,
        string id,
        Caller caller,
        Standings before,
        Standings after,
        Counting counting,
        (DateTimeOffset From, DateTimeOffset To) range
    )
    {
        var moves = Difference.Between(before, after, counting);
        if (caller.May(Right.SeeStances))
        {
            var causes = await MoveAttribution.Load(connection, id, range.From, range.To);
            return moves.Select(causes.Attribute);
        }
        // A move of the certainty alone would show that the stance was recorded again.
        return moves.Where(move => move.From != move.To).Select(TallyMove.WithoutAuthor);
    }
}

/// <summary>A move, its effect on the margin, and its author.</summary>
public sealed record TallyMove
{
    /// <summary>The kind of move.</summary>
    public required MoveKind What { get; init; }

    /// <summary>The member state's code; null if the move concerns the whole resolution.</summary>
    public required string? MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response; null if the move concerns the whole resolution.</summary>
    public StateName? Name => MemberState is null ? null : new StateName(MemberState);

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

    /// <summary>The label of the key that made the last change; null if a date alone caused the move, and without a key.</summary>
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

    /// <summary>
    /// The number of changes of the stance between the two moments; 0 for another kind of move, and without a key.
    /// </summary>
    public required int Changes { get; init; }

    /// <summary>The positions and the effect of a move alone.</summary>
    internal static TallyMove WithoutAuthor(Move move) =>
        new()
        {
            What = move.What,
            MemberState = move.MemberState,
            From = move.From,
            To = move.To,
            FromCertainty = null,
            ToCertainty = null,
            Effect = move.Effect,
            ChangedBy = null,
            ChangedAt = null,
            Reason = null,
            Evidence = null,
            EvidenceUrl = null,
            Note = null,
            Changes = 0,
        };
}
