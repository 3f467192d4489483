using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Calendars;

/// <summary>Reads and writes links to calendars.</summary>
internal static class CalendarStore
{
    // Coordinators see the links of resolutions, and nobody sees a personal link of another label.
    private const string Visible = "(label = @Label OR (kind = 'resolution' AND @sharesResolutions))";

    /// <summary>Inserts a link with the hash of its secret.</summary>
    public static Task Insert(Write write, NewCalendarLink link, string secret)
    {
        var hash = ApiKey.Hash(secret);
        return write.Connection.ExecuteAsync(
            """
            INSERT INTO calendar (id, kind, resolution, label, lookup, hash, created_at, created_by)
            VALUES (@Id, @kind, @Resolution, @label, @lookup, @hash, @CreatedAt, @CreatedBy)
            """,
            new
            {
                link.Id,
                kind = EnumWord<CalendarKind>.ToWord(link.Kind),
                link.Resolution,
                label = link.Kind == CalendarKind.Personal ? link.CreatedBy : null,
                lookup = ApiKey.Lookup(hash),
                hash,
                link.CreatedAt,
                link.CreatedBy,
            }
        );
    }

    /// <summary>Counts the links that are not revoked: of a resolution, or the personal ones of a label.</summary>
    public static Task<long> CountValid(DbConnection connection, string? resolution, string label) =>
        resolution is null
            ? connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM calendar WHERE label = @label AND revoked_at IS NULL",
                new { label }
            )
            : connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM calendar WHERE resolution = @resolution AND revoked_at IS NULL",
                new { resolution }
            );

    /// <summary>Lists a page of the links that a caller sees, the newest first, also revoked ones.</summary>
    public static Task<IEnumerable<CalendarRow>> List(
        DbConnection connection,
        Caller caller,
        (DateTimeOffset Moment, string Id)? after,
        int limit
    ) =>
        connection.QueryAsync<CalendarRow>(
            $"""
            {CalendarRow.Select}
            WHERE {Visible} {(
                after is null ? "" : "AND (created_at < @afterMoment OR (created_at = @afterMoment AND id > @afterId))"
            )}
            ORDER BY created_at DESC, id
            LIMIT @limit
            """,
            new
            {
                caller.Label,
                sharesResolutions = caller.May(Right.ShareResolutions),
                afterMoment = after?.Moment,
                afterId = after?.Id,
                limit,
            }
        );

    /// <summary>Finds the link with this secret; null if there is none, or if it is revoked.</summary>
    public static async Task<CalendarRow?> FindBySecret(DbConnection connection, string secret)
    {
        var hash = ApiKey.Hash(secret);
        var row = await connection.QuerySingleOrDefaultAsync<CalendarRow>(
            $"{CalendarRow.Select} WHERE lookup = @lookup AND revoked_at IS NULL",
            new { lookup = ApiKey.Lookup(hash) }
        );
        return row is not null && ApiKey.SameHash(row.Hash, hash) ? row : null;
    }

    /// <summary>Revokes a link that a caller sees. False if there is none with this id.</summary>
    public static async Task<bool> Revoke(Write write, Caller caller, string id) =>
        await write.Connection.ExecuteAsync(
            $"UPDATE calendar SET revoked_at = COALESCE(revoked_at, @Now) WHERE id = @id AND {Visible}",
            new
            {
                id,
                write.Now,
                caller.Label,
                sharesResolutions = caller.May(Right.ShareResolutions),
            }
        ) == 1;
}

/// <summary>A row of a link to a calendar.</summary>
internal sealed record CalendarRow
{
    public const string Select =
        "SELECT id, kind, resolution, label, hash, created_at, created_by, revoked_at FROM calendar";

    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Resolution { get; init; }
    public string? Label { get; init; }
    public string Hash { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset? RevokedAt { get; init; }

    public CalendarLink Link =>
        new()
        {
            Id = Id,
            Kind = EnumWord<CalendarKind>.Parse(Kind),
            Resolution = Resolution,
            CreatedAt = CreatedAt,
            CreatedBy = CreatedBy,
            RevokedAt = RevokedAt,
        };
}
