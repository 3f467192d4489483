using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Milestones;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Changes;

/// <summary>The version of a resolution. Every change of a resolution raises it here, and nowhere else.</summary>
internal static class ResolutionVersion
{
    /// <summary>Raises a resolution's version in the transaction of the change, and appends the change to the feed.</summary>
    public static async Task<(long Version, DateTimeOffset At)> Raise(
        Write write,
        Caller caller,
        ChangeKind kind,
        string resolution,
        string? memberState = null
    )
    {
        var version = write.Connection.FindDirect(
            """
            UPDATE resolution
            SET version = version + 1, changed_at = @now, changed_by = @by,
                origin = CASE WHEN @written THEN 'user' ELSE origin END
            WHERE id = @resolution
            RETURNING version
            """,
            static row => row.GetInt64(0),
            new SqlValue("resolution", resolution),
            new SqlValue("now", write.Now),
            new SqlValue("by", caller.Label),
            // A resolution of the record stays one if a user only adds notes, such as its co-sponsors.
            new SqlValue(
                "written",
                !ReferenceEquals(caller, Caller.Record) && kind is (ChangeKind.Resolution or ChangeKind.RollCall)
            )
        );
        await Append(write, caller, kind, resolution, version, write.Now, memberState);
        return (version, write.Now);
    }

    /// <summary>Finds the version of a resolution as of a moment; 0 before its first one.</summary>
    /// <remarks>
    /// Conditions use it as a value: PostgreSQL then reads a range of the primary key of the history, and with a subquery it
    /// would read a million changes.
    /// </remarks>
    public static Task<long> FindAt(DbConnection connection, string resolution, DateTimeOffset moment) =>
        connection.QueryFirstOrDefaultAsync<long>(
            """
            SELECT version FROM change
            WHERE resolution = @resolution AND at <= @moment AND version IS NOT NULL
            ORDER BY at DESC, version DESC
            LIMIT 1
            """,
            new { resolution, moment }
        );

    /// <summary>Appends a change to the feed, and notifies listeners of its resolution after the commit.</summary>
    public static Task Append(
        Write write,
        Caller caller,
        ChangeKind kind,
        string? resolution,
        long? version,
        DateTimeOffset at,
        string? memberState = null,
        string? contact = null,
        bool confidential = false,
        string? session = null
    )
    {
        write.Connection.ExecuteDirect(
            """
            INSERT INTO change (at, by, by_key, kind, resolution, member_state, contact, version, confidential, session)
            VALUES (@at, @by, @byKey, @kind, @resolution, @memberState, @contact, @version, @confidential, @session)
            """,
            new SqlValue("at", at),
            new SqlValue("by", caller.Label),
            new SqlValue("byKey", caller.KeyId),
            new SqlValue("kind", EnumWord<ChangeKind>.ToWord(kind)),
            new SqlValue("resolution", resolution),
            new SqlValue("memberState", memberState),
            new SqlValue("contact", contact),
            new SqlValue("version", version),
            new SqlValue("confidential", confidential),
            new SqlValue("session", session)
        );
        // These are in no tally. The readers of the feed find them, and no tally is counted again.
        if (
            resolution is not null
            && kind
                is not (
                    ChangeKind.Comment
                    or ChangeKind.Endorsement
                    or ChangeKind.Act
                    or ChangeKind.Pressure
                    or ChangeKind.VoteDay
                    or ChangeKind.Milestone
                )
        )
        {
            write.Changes(resolution);
        }
        return Task.CompletedTask;
    }

    /// <summary>
    /// Saves the fields of a resolution at its version, for tallies as of a moment. The milestone `vote` follows them.
    /// </summary>
    public static async Task SaveFields(Write write, string resolution)
    {
        await VoteMilestone.Follow(write, resolution);
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution_change (
                resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url, text_version
            )
            SELECT
                id, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url, text_version
            FROM resolution
            WHERE id = @resolution
            """,
            new { resolution }
        );
    }
}
