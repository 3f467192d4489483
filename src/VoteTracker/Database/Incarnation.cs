using System.Data.Common;
using System.Security.Cryptography;
using Dapper;

namespace VoteTracker.Database;

/// <summary>
/// One life of a database: it begins when the database is created, or when a copy of it is first served in another place.
/// Both the database and its copy continue to count. So with a new incarnation all version counters continue from a
/// number that is random and above all earlier ones. No two states have the same version.
/// </summary>
internal sealed record Incarnation
{
    /// <summary>The number with which a new counter begins: a subquery for statements that insert one.</summary>
    public const string FirstVersionOfNew = "(SELECT COALESCE(MAX(first_version), 1) FROM incarnation)";

    // Readable, and more than the changes of any campaign between two restores.
    private const long BlockSize = 1_000_000;

    // JSON numbers are exact up to here in JavaScript.
    private const long MostExact = (1L << 53) - 1;

    // One incarnation uses at most this part of the remaining numbers. About 9,000,000 multiples of the step remain at
    // first, and still 3,000,000 after a thousand restores.
    private const long MostPart = 1_000;

    /// <summary>The tables whose rows have a version counter. Deleted rows continue to count.</summary>
    public static readonly IReadOnlyList<string> Counters =
    [
        "resolution",
        "contact",
        "scenario",
        "engagement",
        "task",
        "assignment",
        "saved_view",
        "endorsement",
        "act",
        "pressure",
        "webhook",
        "vote_day",
        "milestone",
        "session",
        "council_veto",
    ];

    /// <summary>The number that its version counters began or continued with; it also names the incarnation.</summary>
    public required long FirstVersion { get; init; }

    /// <summary>Where the database was last served.</summary>
    public required string Place { get; init; }

    /// <summary>The incarnation of a database; null if it was never served.</summary>
    public static Task<Incarnation?> Find(DbConnection connection) =>
        connection.QueryFirstOrDefaultAsync<Incarnation>(
            "SELECT first_version, place FROM incarnation ORDER BY first_version DESC LIMIT 1"
        );

    /// <summary>The number with which a new counter begins.</summary>
    public static Task<long> FindFirstVersion(DbConnection connection) =>
        connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(first_version), 1) FROM incarnation");

    /// <summary>Loads all incarnations, the oldest first: what a version was at a moment depends on them.</summary>
    public static async Task<IReadOnlyList<IncarnationMoment>> List(DbConnection connection) =>
        [
            .. await connection.QueryAsync<IncarnationMoment>(
                "SELECT first_version, began_at FROM incarnation ORDER BY first_version"
            ),
        ];

    /// <summary>Begins the first incarnation; the counters stay as they are.</summary>
    public static Task BeginFirst(DbConnection connection, string place, DateTimeOffset now) =>
        Insert(connection, 1, place, now);

    /// <summary>Begins a new incarnation, and lets the version counters continue with its first version.</summary>
    public static async Task<long> Begin(DbConnection connection, string place, DateTimeOffset now)
    {
        var newest = await connection.ExecuteScalarAsync<long>(
            $"""
            SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT)
            FROM (
                SELECT MAX(first_version) AS version FROM incarnation
                UNION ALL SELECT MAX(last_version) FROM deleted_resolution
                {string.Concat(Counters.Select(table => $"UNION ALL SELECT MAX(version) FROM {table} "))}
            ) AS counter
            """
        );
        var first = NextFirstVersion(newest);
        foreach (var table in Counters)
        {
            await connection.ExecuteAsync($"UPDATE {table} SET version = @first", new { first });
        }
        await Insert(connection, first, place, now);
        return first;
    }

    /// <summary>A random multiple of the step above a number.</summary>
    public static long NextFirstVersion(long newest) =>
        (newest / BlockSize + 1 + RandomNumberGenerator.GetInt32(ChoicesAfter(newest))) * BlockSize;

    /// <summary>How many multiples of the step the next one is chosen from.</summary>
    public static int ChoicesAfter(long newest) =>
        (int)Math.Max(1, (MostExact / BlockSize - newest / BlockSize) / MostPart);

    private static Task Insert(DbConnection connection, long first, string place, DateTimeOffset now) =>
        connection.ExecuteAsync(
            "INSERT INTO incarnation (first_version, began_at, place) VALUES (@first, @now, @place)",
            new
            {
                first,
                now,
                place,
            }
        );
}

/// <summary>When an incarnation began.</summary>
internal sealed record IncarnationMoment
{
    public long FirstVersion { get; init; }
    public DateTimeOffset BeganAt { get; init; }
}
