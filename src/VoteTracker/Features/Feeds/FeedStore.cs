using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Feeds;

/// <summary>Reads the resolutions whose entries a feed can have. All of them are public now.</summary>
internal static class FeedStore
{
    // The version that made a resolution public: the first one after the last private one.
    private const string Published = """
        SELECT r.id, r.symbol, r.title, r.changed_at, f.changed_at AS at, f.version
        FROM resolution r
        JOIN resolution_change f ON f.resolution = r.id AND f.version = (
            SELECT MIN(version) FROM resolution_change
            WHERE resolution = r.id AND version > COALESCE((
                SELECT MAX(version) FROM resolution_change WHERE resolution = r.id AND visibility = 'private'
            ), 0)
        )
        WHERE r.visibility <> 'private' AND r.origin = 'user'
        """;

    /// <summary>Lists the resolutions that were made public last.</summary>
    public static Task<IEnumerable<FeedRow>> ListPublished(DbConnection connection, int limit) =>
        connection.QueryAsync<FeedRow>($"{Published} ORDER BY f.changed_at DESC, r.id LIMIT @limit", new { limit });

    /// <summary>Lists the resolutions with stances, the last changed first: only they cross a threshold.</summary>
    public static Task<IEnumerable<FeedRow>> ListCounted(DbConnection connection) =>
        connection.QueryAsync<FeedRow>(
            $"""
            {Published} AND EXISTS (SELECT 1 FROM stance_change s WHERE s.resolution = r.id)
            ORDER BY r.changed_at DESC, r.id
            """
        );

    /// <summary>Finds the moment at which a resolution was opened; null if it does not exist.</summary>
    public static Task<DateTimeOffset?> FindOpening(DbConnection connection, string id) =>
        connection.QuerySingleOrDefaultAsync<DateTimeOffset?>(
            "SELECT created_at FROM resolution WHERE id = @id",
            new { id }
        );

    /// <summary>Lists the moments from one on at which the count of a resolution can have changed.</summary>
    public static Task<IEnumerable<DateTimeOffset>> ListMoments(
        DbConnection connection,
        string id,
        DateTimeOffset from,
        int limit
    ) =>
        connection.QueryAsync<DateTimeOffset>(
            """
            SELECT DISTINCT c.at
            FROM change c
            WHERE c.at >= @from AND (
                (c.resolution = @id AND c.version IS NOT NULL) OR (c.resolution IS NULL AND c.kind = 'ineligibility')
            )
            ORDER BY c.at
            LIMIT @limit
            """,
            new
            {
                id,
                from,
                limit,
            }
        );

    /// <summary>
    /// Lists the last votes: those of the record by their day, and those of resolutions that a user opened by the moment at
    /// which they were recorded.
    /// </summary>
    public static async Task<IReadOnlyList<FeedRow>> ListVoted(DbConnection connection, int limit)
    {
        const string select = """
            SELECT r.id, r.symbol, r.title, c.changed_at AS at, f.changed_at AS published_at, c.recorded_on, r.origin
            FROM roll_call c
            JOIN roll_call f ON f.resolution = c.resolution AND f.version = (
                SELECT MIN(version) FROM roll_call WHERE resolution = c.resolution AND removed_at IS NULL
            )
            JOIN resolution r ON r.id = c.resolution
            WHERE c.removed_at IS NULL AND c.version = (
                SELECT MAX(version) FROM roll_call WHERE resolution = c.resolution AND removed_at IS NULL
            )
            """;
        var ofUsers = await connection.QueryAsync<FeedRow>(
            $"{select} AND r.origin = 'user' ORDER BY c.changed_at DESC, r.id LIMIT @limit",
            new { limit }
        );
        var ofRecord = await connection.QueryAsync<FeedRow>(
            $"{select} AND r.origin <> 'user' ORDER BY c.recorded_on DESC, r.ordinal DESC LIMIT @limit",
            new { limit }
        );
        return [.. ofUsers, .. ofRecord];
    }
}

/// <summary>A resolution, and the moment of what happened to it.</summary>
internal sealed record FeedRow
{
    public string Id { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
    public long Version { get; init; }
    public DateOnly RecordedOn { get; init; }
    public string Origin { get; init; } = "";
}
