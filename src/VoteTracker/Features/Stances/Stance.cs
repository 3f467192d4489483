using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>A member state's position on a resolution. Callers without a key see the required fields only.</summary>
public sealed record Stance
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>Where it stands; `unknown` where nobody has recorded anything, or it was taken away.</summary>
    public required Position Position { get; init; }

    /// <summary>How firm that is; null if the position is unknown. Viewers and up.</summary>
    [Restricted]
    public required Certainty? Certainty { get; init; }

    /// <summary>What it rests on; null if the position is unknown. Viewers and up.</summary>
    [Restricted]
    public required Evidence? Evidence { get; init; }

    /// <summary>A link to it. Viewers and up.</summary>
    [Restricted]
    public required string? EvidenceUrl { get; init; }

    /// <summary>What else there is to say. Viewers and up.</summary>
    [Restricted]
    public required string? Note { get; init; }

    /// <summary>The id of the contact who said it; lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Contact { get; init; }

    /// <summary>The resolution's version that its last change made; 0 if there was none. The ETag. Viewers and up.</summary>
    [Restricted]
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [Restricted]
    public required string? ChangedBy { get; init; }

    /// <summary>When; UTC. Viewers and up.</summary>
    [Restricted]
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>What is known of a member of whom nobody has recorded anything.</summary>
    internal static Stance Unknown(string resolution, string memberState) =>
        new()
        {
            Resolution = resolution,
            MemberState = memberState,
            Position = Position.Unknown,
            Certainty = null,
            Evidence = null,
            EvidenceUrl = null,
            Note = null,
            Version = 0,
            ChangedBy = null,
            ChangedAt = null,
        };

    /// <summary>What this caller may see of it.</summary>
    internal Stance For(Caller caller) => caller.May(Right.SeeContacts) ? this : this with { Contact = null };

    /// <summary>Those of all members of whom something was recorded, now or as it was known at a moment.</summary>
    internal static async Task<Dictionary<string, Stance>> All(
        DbConnection connection,
        string resolution,
        DateTimeOffset? asOf
    )
    {
        var rows = asOf is { } moment
            ? await connection.QueryAsync<StanceRow>(
                $"""
                SELECT {StanceRow.Columns}
                FROM (
                    SELECT
                        {StanceRow.Columns}, ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY version DESC) AS age
                    FROM stance_change
                    WHERE resolution = @resolution AND changed_at <= @moment
                ) AS known
                WHERE age = 1
                """,
                new { resolution, moment }
            )
            : await connection.QueryAsync<StanceRow>(
                $"{StanceRow.Select} WHERE resolution = @resolution",
                new { resolution }
            );
        return rows.ToDictionary(row => row.MemberState, row => row.Stance, StringComparer.Ordinal);
    }

    /// <summary>The stance of one member, now or as it was known at a moment.</summary>
    internal static async Task<Stance> Find(
        DbConnection connection,
        string resolution,
        string memberState,
        DateTimeOffset? asOf
    ) =>
        (
            asOf is { } moment
                ? await connection.QueryFirstOrDefaultAsync<StanceRow>(
                    $"""
                    SELECT {StanceRow.Columns}
                    FROM stance_change
                    WHERE resolution = @resolution AND member_state = @memberState AND changed_at <= @moment
                    ORDER BY version DESC
                    LIMIT 1
                    """,
                    new
                    {
                        resolution,
                        memberState,
                        moment,
                    }
                )
                : await connection.QuerySingleOrDefaultAsync<StanceRow>(
                    $"{StanceRow.Select} WHERE resolution = @resolution AND member_state = @memberState",
                    new { resolution, memberState }
                )
        )?.Stance
        ?? Unknown(resolution, memberState);
}

/// <summary>The fields of a stance that callers without a key see if the resolution's visibility is `positions`.</summary>
public sealed record PublicStance
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>Where it stands.</summary>
    public required Position Position { get; init; }

    internal static PublicStance FromStance(Stance stance) =>
        new()
        {
            Resolution = stance.Resolution,
            MemberState = stance.MemberState,
            Position = stance.Position,
        };
}

/// <summary>A stance as it is read; from `stance`, or from `stance_change` where the past is asked for.</summary>
internal sealed record StanceRow
{
    public const string Columns =
        "resolution, member_state, position, certainty, evidence, evidence_url, note, contact, version, changed_by, changed_at";

    public const string Select = $"SELECT {Columns} FROM stance";

    public string Resolution { get; init; } = "";
    public string MemberState { get; init; } = "";
    public string Position { get; init; } = "";
    public string? Certainty { get; init; }
    public string? Evidence { get; init; }
    public string? EvidenceUrl { get; init; }
    public string? Note { get; init; }
    public string? Contact { get; init; }
    public long Version { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    public Stance Stance =>
        new()
        {
            Resolution = Resolution,
            MemberState = MemberState,
            Position = EnumWord<Position>.Parse(Position),
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
