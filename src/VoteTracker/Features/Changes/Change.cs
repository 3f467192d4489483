using System.Text.Json.Serialization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Changes;

/// <summary>What changed.</summary>
public enum ChangeKind
{
    /// <summary>A resolution was opened, or a field of it changed.</summary>
    Resolution,

    /// <summary>A stance was recorded or taken away.</summary>
    Stance,

    /// <summary>The tally changed, and the caller may not see by whose stance.</summary>
    Tally,

    /// <summary>A co-sponsor was recorded or taken away.</summary>
    CoSponsor,

    /// <summary>A scenario was kept or taken away; nothing that is counted changed.</summary>
    Scenario,

    /// <summary>A roll call was recorded or removed.</summary>
    RollCall,

    /// <summary>A member became ineligible, or eligible again.</summary>
    Ineligibility,

    /// <summary>A contact was written down, changed or erased.</summary>
    Contact,

    /// <summary>An engagement was logged.</summary>
    Engagement,
}

/// <summary>A change, as the feed tells it: what and when, never its content.</summary>
public sealed record Change
{
    /// <summary>Where the feed goes on after it: `GET /v1/changes?after=`.</summary>
    public required string Cursor { get; init; }

    /// <summary>What changed.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The resolution, where it belongs to one.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The member state or observer, where it is about one.</summary>
    public required string? MemberState { get; init; }

    /// <summary>The contact's id, where it is about one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Contact { get; init; }

    /// <summary>The resolution's version that it made.</summary>
    public required long? Version { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The label of the key that made it; viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>
    /// Raises a resolution's version in the transaction of the change, appends to the feed, and says that the
    /// resolution changed. Every change of a resolution goes through here.
    /// </summary>
    internal static async Task<(long Version, DateTimeOffset At)> Raise(
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
            // A note beside a text of the record, such as who sponsored it, leaves the text the record's own.
            new SqlValue(
                "written",
                !ReferenceEquals(caller, Caller.Record) && kind is (ChangeKind.Resolution or ChangeKind.RollCall)
            )
        );
        await Append(write, caller, kind, resolution, version, write.Now, memberState);
        return (version, write.Now);
    }

    /// <summary>Appends to the feed.</summary>
    internal static Task Append(
        Write write,
        Caller caller,
        ChangeKind kind,
        string? resolution,
        long? version,
        DateTimeOffset at,
        string? memberState = null,
        string? contact = null
    )
    {
        write.Connection.ExecuteDirect(
            """
            INSERT INTO change (at, by, by_key, kind, resolution, member_state, contact, version)
            VALUES (@at, @by, @byKey, @kind, @resolution, @memberState, @contact, @version)
            """,
            new SqlValue("at", at),
            new SqlValue("by", caller.Label),
            new SqlValue("byKey", caller.KeyId),
            new SqlValue("kind", EnumWord<ChangeKind>.ToWord(kind)),
            new SqlValue("resolution", resolution),
            new SqlValue("memberState", memberState),
            new SqlValue("contact", contact),
            new SqlValue("version", version)
        );
        if (resolution is not null)
        {
            write.Changes(resolution);
        }
        return Task.CompletedTask;
    }

    /// <summary>Keeps what a resolution's fields are at its version, so that the past can be counted by them.</summary>
    internal static Task KeepFields(Write write, string resolution) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution_change (
                resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url
            )
            SELECT
                id, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url
            FROM resolution
            WHERE id = @resolution
            """,
            new { resolution }
        );
}
