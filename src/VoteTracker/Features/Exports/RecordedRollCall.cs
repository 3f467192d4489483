using System.Data.Common;
using Dapper;
using VoteTracker.Voting;

namespace VoteTracker.Features.Exports;

/// <summary>A roll call that has names, as it was known at a moment.</summary>
internal sealed record RecordedRollCall
{
    private const string Select = """
        SELECT
            c.resolution, c.version, CASE WHEN f.title IS NULL THEN r.symbol ELSE f.symbol END AS symbol,
            COALESCE(f.session, r.session) AS session, c.recorded_on AS voted_on, c.members
        FROM roll_call c
        JOIN resolution r ON r.id = c.resolution
        JOIN resolution_change f ON f.resolution = c.resolution AND f.version = (
            SELECT MAX(version) FROM resolution_change WHERE resolution = c.resolution AND changed_at <= @knownUntil
        )
        WHERE c.has_names AND c.version = (
            SELECT MAX(version) FROM roll_call WHERE resolution = c.resolution AND changed_at <= @knownUntil
        )
        """;

    public string Resolution { get; init; } = "";

    /// <summary>The version that recorded it: its names never change, a newer one has names of its own.</summary>
    public long Version { get; init; }

    public string? Symbol { get; init; }
    public string Session { get; init; } = "";
    public DateOnly VotedOn { get; init; }
    public int Members { get; init; }

    /// <summary>That of one resolution; null where none was known.</summary>
    public static Task<RecordedRollCall?> Find(DbConnection connection, string resolution, DateTimeOffset knownUntil) =>
        connection.QuerySingleOrDefaultAsync<RecordedRollCall>(
            $"{Select} AND c.resolution = @resolution",
            new { resolution, knownUntil }
        );

    /// <summary>Whether a vote on a resolution was known, be it its totals alone.</summary>
    public static async Task<bool> IsRecorded(DbConnection connection, string resolution, DateTimeOffset knownUntil) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM roll_call WHERE resolution = @resolution AND changed_at <= @knownUntil",
            new { resolution, knownUntil }
        ) > 0;

    /// <summary>Whether anything of the record was known.</summary>
    public static async Task<bool> IsAnyKnown(DbConnection connection, DateTimeOffset knownUntil) =>
        await connection.ExecuteScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM roll_call WHERE changed_at <= @knownUntil)",
            new { knownUntil }
        );

    /// <summary>How many names there are at most in a part of the record, those that were replaced too.</summary>
    public static Task<long> CountNames(DbConnection connection, RecordFilter filter) =>
        connection.ExecuteScalarAsync<long>(
            """
            SELECT COALESCE(SUM(c.members), 0)
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            WHERE c.has_names
                AND (@Session IS NULL OR r.session = @Session)
                AND (@From IS NULL OR c.recorded_on >= @From)
                AND (@To IS NULL OR c.recorded_on <= @To)
            """,
            filter
        );

    /// <summary>Those of the record, the oldest first.</summary>
    public static async Task<IReadOnlyList<RecordedRollCall>> All(
        DbConnection connection,
        RecordFilter filter,
        DateTimeOffset knownUntil
    ) =>
        [
            .. await connection.QueryAsync<RecordedRollCall>(
                $"""
                {Select}
                    AND (@LoadedUntil IS NULL OR r.loaded_at IS NULL OR r.loaded_at <= @LoadedUntil)
                    AND (@Session IS NULL OR r.session = @Session)
                    AND (@From IS NULL OR c.recorded_on >= @From)
                    AND (@To IS NULL OR c.recorded_on <= @To)
                ORDER BY c.recorded_on, c.resolution
                """,
                new
                {
                    filter.Session,
                    filter.From,
                    filter.To,
                    filter.LoadedUntil,
                    knownUntil,
                }
            ),
        ];

    /// <summary>The names, in the order of their codes.</summary>
    public async Task<IReadOnlyList<NamedVote>> Names(DbConnection connection) =>
        PackedNames.Read(
            await connection.ExecuteScalarAsync<string?>(
                "SELECT names FROM roll_call WHERE resolution = @Resolution AND version = @Version",
                new { Resolution, Version }
            )
        );
}
