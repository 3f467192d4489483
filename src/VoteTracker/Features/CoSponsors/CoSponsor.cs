using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>A state, member or observer, behind a text.</summary>
public sealed record CoSponsor
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The code of the member or observer, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>How far it is; only `signed` counts.</summary>
    public required CoSponsorStatus Status { get; init; }

    /// <summary>Whether it was named when the text was handed in, or joined afterwards.</summary>
    public required CoSponsorRole Role { get; init; }

    /// <summary>The day since when it is so.</summary>
    public required DateOnly? Since { get; init; }

    /// <summary>The day it took its name off.</summary>
    public required DateOnly? WithdrawnOn { get; init; }

    /// <summary>What else there is to say; viewers and up.</summary>
    public required string? Note { get; init; }

    /// <summary>The resolution's version that its last change made; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it; viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Members and observers may co-sponsor; nobody else.</summary>
    internal static bool MayCoSponsor(ReferenceData facts, string iso3) =>
        facts.Roster.Find(iso3) is { Kind: SeatKind.Member or SeatKind.Observer };

    /// <summary>What this caller may see of it; null where that is nothing: the public sees who has signed.</summary>
    internal CoSponsor? For(Caller caller) =>
        caller.May(Right.SeeCoSponsors) ? this
        : Status == CoSponsorStatus.Signed ? this with { Note = null, ChangedBy = null }
        : null;

    internal static async Task<CoSponsor?> Find(DbConnection connection, string resolution, string memberState) =>
        (
            await connection.QuerySingleOrDefaultAsync<CoSponsorRow>(
                $"{CoSponsorRow.Select} WHERE resolution = @resolution AND member_state = @memberState",
                new { resolution, memberState }
            )
        )?.CoSponsor;

    /// <summary>Keeps a row of history; status and role are null where the entry was taken away.</summary>
    internal static Task KeepHistory(Write write, CoSponsor coSponsor, bool takenAway) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO co_sponsor_change (
                resolution, member_state, version, status, role, since, withdrawn_on, note, changed_at, changed_by
            )
            VALUES (
                @Resolution, @MemberState, @Version, @status, @role, @Since, @WithdrawnOn, @Note, @ChangedAt, @ChangedBy
            )
            """,
            new
            {
                coSponsor.Resolution,
                coSponsor.MemberState,
                coSponsor.Version,
                status = takenAway ? null : EnumWord<CoSponsorStatus>.ToWord(coSponsor.Status),
                role = takenAway ? null : EnumWord<CoSponsorRole>.ToWord(coSponsor.Role),
                coSponsor.Since,
                coSponsor.WithdrawnOn,
                coSponsor.Note,
                coSponsor.ChangedAt,
                coSponsor.ChangedBy,
            }
        );

    /// <summary>Records a co-sponsor as a change of its resolution, with its row of history.</summary>
    internal static async Task<CoSponsor> Save(
        Write write,
        Caller caller,
        string id,
        string iso3,
        RecordCoSponsorRequest content
    )
    {
        var (version, at) = await Change.Raise(write, caller, ChangeKind.CoSponsor, id, iso3);
        var coSponsor = new CoSponsor
        {
            Resolution = id,
            MemberState = iso3,
            Status = content.Status!.Value,
            Role = content.Role!.Value,
            Since = content.Since,
            WithdrawnOn = content.WithdrawnOn,
            Note = content.Note,
            Version = version,
            ChangedBy = caller.Label,
            ChangedAt = at,
        };
        await KeepHistory(write, coSponsor, takenAway: false);
        await Upsert(write, coSponsor);
        return coSponsor;
    }

    private static Task Upsert(Write write, CoSponsor coSponsor) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO co_sponsor (
                resolution, member_state, status, role, since, withdrawn_on, note, version, changed_at, changed_by
            )
            VALUES (
                @Resolution, @MemberState, @status, @role, @Since, @WithdrawnOn, @Note, @Version, @ChangedAt, @ChangedBy
            )
            ON CONFLICT (resolution, member_state) DO UPDATE SET
                status = excluded.status, role = excluded.role, since = excluded.since,
                withdrawn_on = excluded.withdrawn_on, note = excluded.note, version = excluded.version,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            new
            {
                coSponsor.Resolution,
                coSponsor.MemberState,
                status = EnumWord<CoSponsorStatus>.ToWord(coSponsor.Status),
                role = EnumWord<CoSponsorRole>.ToWord(coSponsor.Role),
                coSponsor.Since,
                coSponsor.WithdrawnOn,
                coSponsor.Note,
                coSponsor.Version,
                coSponsor.ChangedAt,
                coSponsor.ChangedBy,
            }
        );
}

/// <summary>A co-sponsor as it is read.</summary>
internal sealed record CoSponsorRow
{
    public const string Select = """
        SELECT resolution, member_state, status, role, since, withdrawn_on, note, version, changed_by, changed_at
        FROM co_sponsor
        """;

    public string Resolution { get; init; } = "";
    public string MemberState { get; init; } = "";
    public string Status { get; init; } = "";
    public string Role { get; init; } = "";
    public DateOnly? Since { get; init; }
    public DateOnly? WithdrawnOn { get; init; }
    public string? Note { get; init; }
    public long Version { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    public CoSponsor CoSponsor =>
        new()
        {
            Resolution = Resolution,
            MemberState = MemberState,
            Status = EnumWord<CoSponsorStatus>.Parse(Status),
            Role = EnumWord<CoSponsorRole>.Parse(Role),
            Since = Since,
            WithdrawnOn = WithdrawnOn,
            Note = Note,
            Version = Version,
            ChangedBy = ChangedBy,
            ChangedAt = ChangedAt,
        };
}
