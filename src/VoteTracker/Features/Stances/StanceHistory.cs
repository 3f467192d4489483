using VoteTracker.Database;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Writes a stance and its row of history, in the transaction that raised the version.</summary>
internal static class StanceHistory
{
    /// <summary>What stands from this version on.</summary>
    public static Task Insert(Write write, Stance stance, string? reason)
    {
        write.Connection.ExecuteDirect(
            """
            INSERT INTO stance_change (
                resolution, member_state, version, position, certainty, evidence, evidence_url, note, contact, reason,
                changed_at, changed_by
            )
            VALUES (
                @Resolution, @MemberState, @Version, @Position, @Certainty, @Evidence, @EvidenceUrl, @Note, @Contact,
                @reason, @ChangedAt, @ChangedBy
            )
            """,
            new SqlValue("Resolution", stance.Resolution),
            new SqlValue("MemberState", stance.MemberState),
            new SqlValue("Version", stance.Version),
            new SqlValue("Position", EnumWord<Position>.ToWord(stance.Position)),
            new SqlValue("Certainty", EnumWord<Certainty>.ToWord(stance.Certainty)),
            new SqlValue("Evidence", EnumWord<Evidence>.ToWord(stance.Evidence)),
            new SqlValue("EvidenceUrl", stance.EvidenceUrl),
            new SqlValue("Note", stance.Note),
            new SqlValue("Contact", stance.Contact),
            new SqlValue("reason", reason),
            new SqlValue("ChangedAt", stance.ChangedAt!.Value),
            new SqlValue("ChangedBy", stance.ChangedBy)
        );
        write.Connection.ExecuteDirect(
            """
            INSERT INTO stance (
                resolution, member_state, position, certainty, evidence, evidence_url, note, contact, version,
                changed_at, changed_by
            )
            SELECT
                resolution, member_state, position, certainty, evidence, evidence_url, note, contact, version,
                changed_at, changed_by
            FROM stance_change
            WHERE resolution = @Resolution AND member_state = @MemberState AND version = @Version
            ON CONFLICT (resolution, member_state) DO UPDATE SET
                position = excluded.position, certainty = excluded.certainty, evidence = excluded.evidence,
                evidence_url = excluded.evidence_url, note = excluded.note, contact = excluded.contact,
                version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            new SqlValue("Resolution", stance.Resolution),
            new SqlValue("MemberState", stance.MemberState),
            new SqlValue("Version", stance.Version)
        );
        return Task.CompletedTask;
    }
}
