using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances;

/// <summary>
/// What a change of a stance is held against: whether the vote is over, whether the member may vote on that day, and
/// what stands. One statement reads all of it, for the writer is asked nothing more often.
/// </summary>
internal sealed record StanceForUpdate
{
    /// <summary>The stance as it stands.</summary>
    public required Stance Stance { get; init; }

    /// <summary>409: after the vote the record speaks. Null before it.</summary>
    public required ProblemHttpResult? VoteOver { get; init; }

    /// <summary>409: the member may not vote on that day. Null where it may.</summary>
    public required ProblemHttpResult? NotEligible { get; init; }

    /// <summary>Reads it; a <see cref="ProblemException"/> with 404 where there is no such resolution, or no such member state.</summary>
    public static Task<StanceForUpdate> Load(
        DbConnection connection,
        ReferenceData facts,
        string id,
        string iso3,
        DateTimeOffset now
    )
    {
        var row =
            connection.FindDirect(
                $"""
                SELECT
                    r.status, r.vote_on,
                    (SELECT has_names FROM roll_call WHERE resolution = r.id AND {CurrentRollCall.Newest}) AS has_names,
                    i.from_day, i.until_day, i.reason,
                    s.position, s.certainty, s.evidence, s.evidence_url, s.note, s.contact, s.version, s.changed_by,
                    s.changed_at
                FROM resolution r
                LEFT JOIN stance s ON s.resolution = r.id AND s.member_state = @iso3
                LEFT JOIN ineligibility i ON i.member_state = @iso3 AND i.ended_at IS NULL
                WHERE r.id = @id
                """,
                ReadRow,
                new SqlValue("id", id),
                new SqlValue("iso3", iso3)
            ) ?? throw new ProblemException(Problems.NoResolution(id));
        if (facts.Roster.Find(iso3) is not { Kind: SeatKind.Member } seat)
        {
            throw new ProblemException(StanceRules.NotFound(facts, iso3));
        }
        return Task.FromResult(
            new StanceForUpdate
            {
                Stance = row.Stance(id, iso3),
                VoteOver = row.Over,
                NotEligible = Ineligibility.Bars(
                    seat,
                    row.VoteOn ?? NewYork.DayOf(now),
                    row.FromDay is null ? null : new Spell(row.FromDay, row.UntilDay),
                    EnumWord<IneligibilityReason>.ParseOrNull(row.Reason)
                ),
            }
        );
    }

    /// <summary>409: after the vote the record speaks.</summary>
    public static ProblemHttpResult VoteIsOver(ResolutionStatus status) =>
        Problems.Conflict(
            "vote-is-over",
            "The vote is over",
            $"The resolution is {EnumWord<ResolutionStatus>.ToWord(status)}; its stances stay as they were."
        );

    private static Row ReadRow(DbDataReader row) =>
        new()
        {
            Status = row.GetString(0),
            VoteOn = row.DayOrNull(1),
            HasNames = row.IsDBNull(2) ? null : row.GetBoolean(2),
            FromDay = row.DayOrNull(3),
            UntilDay = row.DayOrNull(4),
            Reason = row.TextOrNull(5),
            Position = row.TextOrNull(6),
            Certainty = row.TextOrNull(7),
            Evidence = row.TextOrNull(8),
            EvidenceUrl = row.TextOrNull(9),
            Note = row.TextOrNull(10),
            Contact = row.TextOrNull(11),
            Version = row.IsDBNull(12) ? 0 : row.GetInt64(12),
            ChangedBy = row.TextOrNull(13),
            ChangedAt = row.MomentOrNull(14),
        };

    private sealed record Row
    {
        public string Status { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public bool? HasNames { get; init; }
        public DateOnly? FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
        public string? Reason { get; init; }
        public string? Position { get; init; }
        public string? Certainty { get; init; }
        public string? Evidence { get; init; }
        public string? EvidenceUrl { get; init; }
        public string? Note { get; init; }
        public string? Contact { get; init; }
        public long Version { get; init; }
        public string? ChangedBy { get; init; }
        public DateTimeOffset? ChangedAt { get; init; }

        public ProblemHttpResult? Over =>
            Standings.BasisOf(EnumWord<ResolutionStatus>.Parse(Status), HasNames) == Basis.Stances
                ? null
                : VoteIsOver(EnumWord<ResolutionStatus>.Parse(Status));

        public Stance Stance(string id, string iso3) =>
            Stances.Stance.Unknown(id, iso3) with
            {
                Position = EnumWord<Position>.ParseOrNull(Position) ?? VoteTracker.Voting.Rules.Position.Unknown,
                Certainty = EnumWord<Certainty>.ParseOrNull(Certainty),
                Evidence = EnumWord<Evidence>.ParseOrNull(Evidence),
                EvidenceUrl = EvidenceUrl,
                Note = Note,
                Contact = Contact,
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };
    }
}
