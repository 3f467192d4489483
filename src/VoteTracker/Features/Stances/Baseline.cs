using Dapper;
using VoteTracker.Database;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>The first stances of a resolution, from an earlier roll call.</summary>
internal static class Baseline
{
    /// <summary>Inserts the stances of members as they voted in a roll call, as a part of the resolution's first version.</summary>
    public static async Task Insert(
        Write write,
        Caller caller,
        string id,
        long version,
        string baseline,
        IReadOnlyList<string> members
    )
    {
        // One statement for each table, whatever the number of members.
        var row = new
        {
            id,
            version,
            baseline,
            members,
            reason = $"baseline {baseline}",
            write.Now,
            by = caller.Label,
            byKey = caller.KeyId,
        };
        const string voted = $"""
            FROM roll_call_vote v
            JOIN resolution b ON b.id = v.resolution
            WHERE v.resolution = @baseline
                AND v.version = (SELECT version FROM roll_call WHERE resolution = @baseline AND {CurrentRollCall.Newest})
                AND v.vote <> 'non-voting'
                AND v.member_state IN @members
            ORDER BY v.member_state
            """;
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO stance (
                resolution, member_state, position, certainty, evidence, evidence_url, version, changed_at, changed_by
            )
            SELECT @id, v.member_state, v.vote, 'leaning', 'past-vote', b.record_url, @version, @Now, @by
            {voted}
            """,
            row
        );
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO stance_change (
                replaced, resolution, member_state, version, position, certainty, evidence, evidence_url, reason, changed_at,
                changed_by
            )
            SELECT 0, @id, v.member_state, @version, v.vote, 'leaning', 'past-vote', b.record_url, @reason, @Now, @by
            {voted}
            """,
            row
        );
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO change (at, by, by_key, kind, resolution, member_state, version)
            SELECT @Now, @by, @byKey, 'stance', @id, v.member_state, @version
            {voted}
            """,
            row
        );
    }
}
