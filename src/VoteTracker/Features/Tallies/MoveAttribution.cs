using System.Data.Common;
using Dapper;
using VoteTracker.Features.Stances;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>The authors and reasons of the changes of a resolution between two moments, for the moves of a diff.</summary>
internal sealed class MoveAttribution
{
    private readonly Dictionary<string, (int Changes, StanceRevision Last)> _stances;
    private readonly Dictionary<string, IneligibilityRow> _ineligibilities;
    private readonly Cause? _rollCall;
    private readonly Cause? _rule;
    private readonly Cause? _voteOn;
    private readonly Cause? _status;

    private MoveAttribution(
        IEnumerable<(int Changes, StanceRevision Last)> stances,
        IEnumerable<IneligibilityRow> ineligibilities,
        Cause? rollCall,
        IReadOnlyList<FieldsRow> fields
    )
    {
        _stances = stances.ToDictionary(row => row.Last.Stance.MemberState, StringComparer.Ordinal);
        _ineligibilities = ineligibilities.ToDictionary(row => row.MemberState, StringComparer.Ordinal);
        _rollCall = rollCall;
        _rule = Last(fields, row => row.Rule);
        _voteOn = Last(fields, row => row.VoteOn);
        _status = Last(fields, row => row.Status);
    }

    /// <summary>Loads the last change of each kind after the first moment and up to the second.</summary>
    public static async Task<MoveAttribution> Load(
        DbConnection connection,
        string id,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var range = new
        {
            id,
            from,
            to,
        };
        return new MoveAttribution(
            await StanceHistory.ListLast(connection, id, from, to),
            await connection.QueryAsync<IneligibilityRow>(
                """
                SELECT
                    latest.member_state, latest.by AS changed_by, latest.at AS changed_at,
                    (
                        SELECT i.reason FROM ineligibility i
                        WHERE i.member_state = latest.member_state AND i.entered_at <= @to
                            AND (i.ended_at IS NULL OR i.ended_at > @to)
                    ) AS reason
                FROM (
                    SELECT
                        member_state, by, at, ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY seq DESC) AS age
                    FROM change
                    WHERE resolution IS NULL AND kind = 'ineligibility' AND at > @from AND at <= @to
                ) AS latest
                WHERE latest.age = 1
                """,
                range
            ),
            await connection.QueryFirstOrDefaultAsync<Cause>(
                """
                SELECT changed_by, changed_at
                FROM (
                    SELECT changed_by, changed_at, version FROM roll_call WHERE resolution = @id
                    UNION ALL
                    SELECT removed_by, removed_at, version FROM roll_call
                    WHERE resolution = @id AND removed_at IS NOT NULL
                ) AS made
                WHERE changed_at > @from AND changed_at <= @to
                ORDER BY changed_at DESC, version DESC
                LIMIT 1
                """,
                range
            ),
            [
                .. await connection.QueryAsync<FieldsRow>(
                    """
                    SELECT changed_by, changed_at, rule, vote_on, status, changed_at > @from AS is_between
                    FROM resolution_change
                    WHERE resolution = @id AND changed_at <= @to
                    ORDER BY version
                    """,
                    range
                ),
            ]
        );
    }

    /// <summary>The move with its author and reason.</summary>
    public TallyMove Attribute(Move move)
    {
        var member = move.MemberState ?? "";
        var (changes, revision) = move.What == MoveKind.Stance ? _stances.GetValueOrDefault(member) : default;
        var stance = revision?.Stance;
        var ineligibility = move.What == MoveKind.Eligibility ? _ineligibilities.GetValueOrDefault(member) : null;
        var cause = move.What switch
        {
            MoveKind.Stance when stance is not null => new Cause
            {
                ChangedBy = stance.ChangedBy!,
                ChangedAt = stance.ChangedAt!.Value,
            },
            MoveKind.Stance => null,
            MoveKind.Eligibility => ineligibility ?? _rollCall ?? _voteOn,
            MoveKind.Vote => _rollCall,
            MoveKind.Rule => _rule,
            MoveKind.Basis => _rollCall ?? _status,
            _ => _rollCall ?? _voteOn,
        };
        return new TallyMove
        {
            What = move.What,
            MemberState = move.MemberState,
            From = move.From,
            To = move.To,
            FromCertainty = move.FromCertainty,
            ToCertainty = move.ToCertainty,
            Effect = move.Effect,
            ChangedBy = cause?.ChangedBy,
            ChangedAt = cause?.ChangedAt,
            Reason = revision?.Reason ?? ineligibility?.Reason,
            Evidence = stance?.Evidence,
            EvidenceUrl = stance?.EvidenceUrl,
            Note = stance?.Note,
            Changes = changes,
        };
    }

    // The last change of one field between the moments. A later change of other fields does not count.
    private static Cause? Last<T>(IReadOnlyList<FieldsRow> rows, Func<FieldsRow, T> field) =>
        rows.Zip(rows.Skip(1))
            .LastOrDefault(pair =>
                pair.Second.IsBetween && !EqualityComparer<T>.Default.Equals(field(pair.First), field(pair.Second))
            )
            .Second;

    private record Cause
    {
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
    }

    private sealed record IneligibilityRow : Cause
    {
        public string MemberState { get; init; } = "";
        public string? Reason { get; init; }
    }

    private sealed record FieldsRow : Cause
    {
        public string Rule { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public string Status { get; init; } = "";
        public bool IsBetween { get; init; }
    }
}
