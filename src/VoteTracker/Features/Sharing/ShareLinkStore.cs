using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sharing;

/// <summary>Reads and writes share links.</summary>
internal static class ShareLinkStore
{
    /// <summary>Inserts a link with the hash of its secret.</summary>
    public static Task Insert(Write write, NewShareLink link, string secret)
    {
        var hash = ApiKey.Hash(secret);
        return write.Connection.ExecuteAsync(
            """
            INSERT INTO share_link (
                id, resolution, label, scope, lookup, hash, created_at, created_by, expires_at, uses
            )
            VALUES (@Id, @Resolution, @Label, @scope, @lookup, @hash, @CreatedAt, @CreatedBy, @ExpiresAt, 0)
            """,
            new
            {
                link.Id,
                link.Resolution,
                link.Label,
                scope = EnumWord<ShareScope>.ToWord(link.Scope),
                lookup = ApiKey.Lookup(hash),
                hash,
                link.CreatedAt,
                link.CreatedBy,
                link.ExpiresAt,
            }
        );
    }

    /// <summary>Counts the links of a resolution that are neither expired nor revoked.</summary>
    public static Task<long> CountValid(DbConnection connection, string resolution, DateTimeOffset now) =>
        connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*)
            FROM share_link
            WHERE resolution = @resolution AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)
            """,
            new { resolution, now }
        );

    /// <summary>Lists the links of a resolution, the newest first, also expired and revoked ones.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="after">The moment and the id of the last link of the page before; null at the start.</param>
    /// <param name="limit">The number of rows.</param>
    public static Task<IEnumerable<ShareLinkRow>> List(
        DbConnection connection,
        string resolution,
        (DateTimeOffset Moment, string Id)? after,
        int limit
    ) =>
        connection.QueryAsync<ShareLinkRow>(
            $"""
            {ShareLinkRow.Select}
            WHERE resolution = @resolution
                AND (@afterId IS NULL OR created_at < @afterMoment OR (created_at = @afterMoment AND id > @afterId))
            ORDER BY created_at DESC, id
            LIMIT @limit
            """,
            new
            {
                resolution,
                afterMoment = after?.Moment,
                afterId = after?.Id,
                limit,
            }
        );

    /// <summary>Lists the first links of a resolution: the valid ones, then the others, each with the newest first.</summary>
    public static Task<IEnumerable<ShareLinkRow>> ListValidFirst(
        DbConnection connection,
        string resolution,
        DateTimeOffset now,
        int limit
    ) =>
        connection.QueryAsync<ShareLinkRow>(
            $"""
            {ShareLinkRow.Select}
            WHERE resolution = @resolution
            ORDER BY
                CASE WHEN revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now) THEN 0 ELSE 1 END,
                created_at DESC,
                id
            LIMIT @limit
            """,
            new
            {
                resolution,
                now,
                limit,
            }
        );

    /// <summary>Lists the lookups of the valid links of all resolutions.</summary>
    public static Task<IEnumerable<string>> ListLookups(DbConnection connection, DateTimeOffset now) =>
        connection.QueryAsync<string>(
            """
            SELECT lookup
            FROM share_link
            WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)
            """,
            new { now }
        );

    /// <summary>Finds the link with the secret of this hash; null if there is none.</summary>
    public static async Task<ShareLinkRow?> FindByHash(DbConnection connection, string hash)
    {
        var row = await connection.QuerySingleOrDefaultAsync<ShareLinkRow>(
            $"{ShareLinkRow.Select} WHERE lookup = @lookup",
            new { lookup = ApiKey.Lookup(hash) }
        );
        return row is not null && ApiKey.SameHash(row.Hash, hash) ? row : null;
    }

    /// <summary>Revokes a link of a resolution. False if there is none with this id.</summary>
    public static async Task<bool> Revoke(Write write, string resolution, string id) =>
        await write.Connection.ExecuteAsync(
            """
            UPDATE share_link
            SET revoked_at = COALESCE(revoked_at, @Now)
            WHERE resolution = @resolution AND id = @id
            """,
            new
            {
                resolution,
                id,
                write.Now,
            }
        ) == 1;

    /// <summary>Adds the uses of a link since the last call.</summary>
    public static Task AddUses(Write write, string id, long uses, DateTimeOffset last) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE share_link
            SET uses = uses + @uses,
                last_used_at = CASE WHEN last_used_at IS NULL OR last_used_at < @last THEN @last ELSE last_used_at END
            WHERE id = @id
            """,
            new
            {
                id,
                uses,
                last,
            }
        );
}

/// <summary>A row of a share link.</summary>
internal sealed record ShareLinkRow
{
    public const string Select = """
        SELECT id, resolution, label, scope, hash, created_at, created_by, expires_at, revoked_at, uses, last_used_at
        FROM share_link
        """;

    public string Id { get; init; } = "";
    public string Resolution { get; init; } = "";
    public string Label { get; init; } = "";
    public string Scope { get; init; } = "";
    public string Hash { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public long Uses { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether the link is neither expired nor revoked.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);

    public ShareLink Link =>
        new()
        {
            Id = Id,
            Resolution = Resolution,
            Label = Label,
            Scope = EnumWord<ShareScope>.Parse(Scope),
            CreatedAt = CreatedAt,
            CreatedBy = CreatedBy,
            ExpiresAt = ExpiresAt,
            RevokedAt = RevokedAt,
            Uses = Uses,
            LastUsedAt = LastUsedAt,
        };
}
