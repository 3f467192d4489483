using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Resolutions;

/// <summary>A text put, or to be put, to the vote.</summary>
public sealed record Resolution
{
    /// <summary>Its key: the symbol in lower case with hyphens, `es-10-l-34`.</summary>
    public required string Id { get; init; }

    /// <summary>The document symbol, `A/ES-10/L.34`; null where a text of the record had none.</summary>
    public required string? Symbol { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The whole, an amendment, a part of it, or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The text it belongs to, where it is an amendment, a part or a motion.</summary>
    public required string? Parent { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>What has become of it: the Assembly's own word.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The day of the vote, New York's: who may vote follows it; null where it is not set, then today.</summary>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>Its place among those of its kind when they are put to the vote; null where nobody said.</summary>
    public required int? Order { get; init; }

    /// <summary>Who sees it without a key.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>What its tally counts.</summary>
    public required Basis Basis { get; init; }

    /// <summary>Where the Assembly's record of it is; null where there is none.</summary>
    public required string? RecordUrl { get; init; }

    /// <summary>Raised by every change of it, its stances, co-sponsors and roll call; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>When it was opened or imported; of a text that comes with the service, the day after the vote. UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The roll call that its stances began with; viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Baseline { get; init; }

    /// <summary>The label of the key that last changed it; viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>Its tally, where `?include=tally` asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Tally? Tally { get; init; }

    /// <summary>The day on which members are members and may vote: the vote's, or today.</summary>
    internal DateOnly VotingDay(DateTimeOffset now) => VoteOn ?? NewYork.DayOf(now);

    /// <summary>The same with the day of the vote as it was set at a moment.</summary>
    internal async Task<Resolution> AsOf(DbConnection connection, DateTimeOffset moment) =>
        this with
        {
            VoteOn = (
                await connection.QueryFirstOrDefaultAsync<ResolutionRow>(
                    """
                    SELECT vote_on
                    FROM resolution_change
                    WHERE resolution = @Id AND changed_at <= @moment
                    ORDER BY version DESC
                    LIMIT 1
                    """,
                    new { Id, moment }
                )
            )?.VoteOn,
        };

    /// <summary>What this caller may see of it.</summary>
    internal Resolution For(Caller caller) =>
        caller.May(Right.SeeResolutions) ? this : this with { Baseline = null, ChangedBy = null };

    /// <summary>The same without its parent, where this caller may not see that one.</summary>
    internal async Task<Resolution> WithVisibleParent(DbConnection connection, Caller caller) =>
        Parent is null
        || caller.May(Right.SeeResolutions)
        || await Find(connection, Parent) is { } parent && caller.SeesResolution(parent.Visibility, parent.Basis)
            ? this
            : this with
            {
                Parent = null,
            };

    internal static async Task<Resolution?> Find(DbConnection connection, string id) =>
        (
            await connection.QuerySingleOrDefaultAsync<ResolutionRow>(
                $"{ResolutionRow.Select} WHERE r.id = @id",
                new { id }
            )
        )?.Resolution;

    /// <summary>
    /// The resolution of a route, for a caller that may see it; a <see cref="ProblemException"/> with 404 where it is not there
    /// or not for this caller, so that nobody learns what exists.
    /// </summary>
    internal static async Task<Resolution> See(DbConnection connection, string id, Caller caller) =>
        await Find(connection, id) is { } resolution && caller.SeesResolution(resolution.Visibility, resolution.Basis)
            ? resolution
            : throw new ProblemException(Problems.NoResolution(id));

    /// <summary>
    /// The same for a caller with the role that the endpoint declares. A caller below the role gets 401 if it can see
    /// the resolution, and 404 if it cannot.
    /// </summary>
    internal static Task<Resolution> SeeWithRole(DbConnection connection, string id, HttpContext http) =>
        See(connection, id, http, (_, _) => RequiresRight.Check(http) is null);

    /// <summary>The same, where what is asked for takes more: 401 for who sees the resolution and not that.</summary>
    internal static async Task<Resolution> See(
        DbConnection connection,
        string id,
        HttpContext http,
        Func<Caller, Resolution, bool> sees
    )
    {
        var caller = Caller.FromContext(http);
        var resolution = await See(connection, id, caller);
        return sees(caller, resolution)
            ? resolution
            : throw new ProblemException(KeyProblems.RoleTooLow(http, caller, Right.SeeStances));
    }
}

/// <summary>A resolution as it is read.</summary>
internal sealed record ResolutionRow
{
    public const string Select = """
        SELECT
            r.ordinal, r.id, r.symbol, r.title, r.session, r.kind, r.parent, r.rule, r.status, r.vote_on, r.vote_order, r.visibility,
            r.baseline, r.record_url, r.version, r.created_at, r.listed_at, r.changed_at, r.changed_by,
            (
                SELECT c.has_names FROM roll_call c
                WHERE c.resolution = r.id AND c.removed_at IS NULL
                ORDER BY c.version DESC
                LIMIT 1
            ) AS has_names
        FROM resolution r
        """;

    public long Ordinal { get; init; }
    public string Id { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public string Session { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Parent { get; init; }
    public string Rule { get; init; } = "";
    public string Status { get; init; } = "";
    public DateOnly? VoteOn { get; init; }
    public int? VoteOrder { get; init; }
    public string Visibility { get; init; } = "";
    public string? Baseline { get; init; }
    public string? RecordUrl { get; init; }
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ListedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
    public bool? HasNames { get; init; }

    public Resolution Resolution =>
        new()
        {
            Id = Id,
            Symbol = Symbol,
            Title = Title,
            Session = Session,
            Kind = EnumWord<ResolutionKind>.Parse(Kind),
            Parent = Parent,
            Rule = EnumWord<MajorityRule>.Parse(Rule),
            Status = EnumWord<ResolutionStatus>.Parse(Status),
            VoteOn = VoteOn,
            Order = VoteOrder,
            Visibility = EnumWord<Visibility>.Parse(Visibility),
            Basis = Standings.BasisOf(EnumWord<ResolutionStatus>.Parse(Status), HasNames),
            Baseline = Baseline,
            RecordUrl = RecordUrl,
            Version = Version,
            CreatedAt = CreatedAt,
            ChangedAt = ChangedAt,
            ChangedBy = ChangedBy,
        };
}
