using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Resolutions;

/// <summary>Reads and writes resolutions.</summary>
internal static class ResolutionStore
{
    /// <summary>Finds a resolution; null if there is none with this id.</summary>
    public static async Task<Resolution?> Find(DbConnection connection, string id) =>
        (
            await connection.QuerySingleOrDefaultAsync<ResolutionRow>(
                $"{ResolutionRow.Select} WHERE r.id = @id",
                new { id }
            )
        )?.Resolution;

    /// <summary>Loads the day of the vote as of a moment into a resolution.</summary>
    public static async Task<Resolution> LoadAsOf(DbConnection connection, Resolution resolution, DateTimeOffset moment)
    {
        var fields = await connection.QueryFirstOrDefaultAsync<ResolutionRow>(
            """
            SELECT vote_on
            FROM resolution_change
            WHERE resolution = @Id AND changed_at <= @moment
            ORDER BY version DESC
            LIMIT 1
            """,
            new { resolution.Id, moment }
        );
        return resolution with { VoteOn = fields?.VoteOn };
    }

    /// <summary>Lists everything that belongs to a resolution, at all levels, in the order in which it was opened.</summary>
    public static async Task<List<Resolution>> ListBelow(DbConnection connection, string id, int limit) =>
        [
            .. (
                await connection.QueryAsync<ResolutionRow>(
                    $"""
                    WITH RECURSIVE below (id) AS (
                        SELECT id FROM resolution WHERE parent = @id
                        UNION
                        SELECT part.id FROM resolution part JOIN below b ON part.parent = b.id
                    )
                    {ResolutionRow.Select}
                    WHERE r.id IN (SELECT id FROM below)
                    ORDER BY r.ordinal
                    LIMIT @limit
                    """,
                    new { id, limit }
                )
            ).Select(row => row.Resolution),
        ];

    /// <summary>Whether a resolution is the same as another, or below it.</summary>
    public static async Task<bool> IsAtOrBelow(DbConnection connection, string id, string ancestor) =>
        // Resolutions form a tree, so the recursion ends.
        await connection.ExecuteScalarAsync<long>(
            """
            WITH RECURSIVE above (id, parent) AS (
                SELECT id, parent FROM resolution WHERE id = @id
                UNION
                SELECT r.id, r.parent FROM resolution r JOIN above a ON r.id = a.parent
            )
            SELECT COUNT(*) FROM above WHERE id = @ancestor
            """,
            new { id, ancestor }
        ) > 0;

    /// <summary>Inserts a resolution that a user opens.</summary>
    public static Task Insert(Write write, string id, long version, string openedBy, OpenResolutionRequest request) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, text_version, session, kind, parent, rule, status, vote_on, vote_order, visibility, baseline,
                origin, version, created_at, listed_at, changed_at, changed_by
            )
            VALUES (
                @id, @Symbol, @Title, @text, @Session, @kind, @Parent, @rule, @status, @VoteOn, @Order, @visibility, @Baseline,
                'user', @version, @Now, @Now, @Now, @openedBy
            )
            """,
            new
            {
                id,
                version,
                openedBy,
                request.Symbol,
                request.Title,
                text = (long)DraftText.NumberOf(request.TextVersion),
                request.Session,
                kind = EnumWord<ResolutionKind>.ToWord(request.Kind),
                request.Parent,
                rule = EnumWord<MajorityRule>.ToWord(request.Rule),
                status = EnumWord<ResolutionStatus>.ToWord(request.Status),
                request.VoteOn,
                request.Order,
                visibility = EnumWord<Visibility>.ToWord(request.Visibility),
                request.Baseline,
                write.Now,
            }
        );

    /// <summary>Updates the fields of a resolution, in the transaction that raised its version.</summary>
    public static Task Update(Write write, string id, ResolutionFields fields) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET symbol = @Symbol, title = @Title, text_version = @text, kind = @kind, parent = @Parent, rule = @rule, status = @status,
                vote_on = @VoteOn, vote_order = @Order, visibility = @visibility
            WHERE id = @id
            """,
            new
            {
                id,
                fields.Symbol,
                fields.Title,
                text = (long)DraftText.NumberOf(fields.TextVersion),
                kind = EnumWord<ResolutionKind>.ToWord(fields.Kind),
                fields.Parent,
                rule = EnumWord<MajorityRule>.ToWord(fields.Rule),
                status = EnumWord<ResolutionStatus>.ToWord(fields.Status),
                fields.VoteOn,
                fields.Order,
                visibility = EnumWord<Visibility>.ToWord(fields.Visibility),
            }
        );
}

/// <summary>A row of a resolution.</summary>
internal sealed record ResolutionRow
{
    public const string Select = $"""
        SELECT
            r.ordinal, r.id, r.symbol, r.title, r.text_version, r.session, r.kind, r.parent, r.rule, r.status, r.vote_on, r.vote_order, r.visibility,
            r.baseline, r.record_url, r.version, r.created_at, r.listed_at, r.changed_at, r.changed_by,
            (SELECT has_names FROM roll_call WHERE resolution = r.id AND {CurrentRollCall.Newest}) AS has_names
        FROM resolution r
        """;

    public long Ordinal { get; init; }
    public string Id { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public long TextVersion { get; init; }
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
            TextVersion = DraftText.ToText((int)TextVersion),
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
