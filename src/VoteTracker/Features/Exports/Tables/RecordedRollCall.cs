using System.Data.Common;
using Dapper;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A roll call that has names, as it was known at a moment.</summary>
internal sealed record RecordedRollCall
{
    private const string Select = """
        SELECT
            c.resolution, c.version, c.source, CASE WHEN f.title IS NULL THEN r.symbol ELSE f.symbol END AS symbol,
            COALESCE(f.session, r.session) AS session, c.recorded_on AS voted_on, c.members
        FROM roll_call c
        JOIN resolution r ON r.id = c.resolution
        JOIN resolution_change f ON f.resolution = c.resolution AND f.version = (
            SELECT MAX(version) FROM resolution_change WHERE resolution = c.resolution AND changed_at <= @knownUntil
        )
        """;

    private const string NotRemoved = "(removed_at IS NULL OR removed_at > @knownUntil)";

    public string Resolution { get; init; } = "";

    /// <summary>The version that recorded it. Its names never change; a newer version has its own.</summary>
    public long Version { get; init; }

    public string Source { get; init; } = "";
    public string? Symbol { get; init; }
    public string Session { get; init; } = "";
    public DateOnly VotedOn { get; init; }
    public int Members { get; init; }

    /// <summary>The name of its column in a matrix. Roll calls of the campaign are marked, so they never hide the UN's record.</summary>
    public string ColumnName =>
        Source == EnumWord<RollCallSource>.ToWord(RollCallSource.Campaign) ? $"{Resolution}_campaign" : Resolution;

    /// <summary>Finds the one that counts for a resolution, from either source; null if none was known.</summary>
    public static Task<RecordedRollCall?> Find(DbConnection connection, string resolution, DateTimeOffset knownUntil) =>
        connection.QuerySingleOrDefaultAsync<RecordedRollCall>(
            $"""
            {Select}
            WHERE c.resolution = @resolution AND c.has_names AND {CurrentRollCall.OfResolutionThen}
            """,
            new { resolution, knownUntil }
        );

    /// <summary>Whether a vote on a resolution was known, with names or only with totals.</summary>
    public static async Task<bool> IsRecorded(DbConnection connection, string resolution, DateTimeOffset knownUntil) =>
        await connection.ExecuteScalarAsync<long>(
            $"SELECT COUNT(*) FROM roll_call WHERE resolution = @resolution AND changed_at <= @knownUntil AND {NotRemoved}",
            new { resolution, knownUntil }
        ) > 0;

    /// <summary>Whether any roll call of the record was known.</summary>
    public static async Task<bool> IsAnyKnown(
        DbConnection connection,
        RecordFilter filter,
        DateTimeOffset knownUntil
    ) =>
        await connection.ExecuteScalarAsync<bool>(
            $"""
            SELECT EXISTS (
                SELECT 1 FROM roll_call
                WHERE changed_at <= @knownUntil AND {NotRemoved} AND (source = 'library' OR @WithCampaign)
            )
            """,
            new { filter.WithCampaign, knownUntil }
        );

    /// <summary>The number of names in a part of the record, including replaced roll calls: an upper bound.</summary>
    public static Task<long> CountNames(DbConnection connection, RecordFilter filter) =>
        connection.ExecuteScalarAsync<long>(
            $"""
            SELECT COALESCE(SUM(c.members), 0)
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            WHERE c.has_names
                AND (c.source = 'library' OR @WithCampaign)
                AND (@Session IS NULL OR r.session = @Session)
                AND {RecordFilter.OnDays}
            """,
            filter
        );

    /// <summary>Lists those of the record, the oldest first.</summary>
    public static async Task<IReadOnlyList<RecordedRollCall>> List(
        DbConnection connection,
        RecordFilter filter,
        DateTimeOffset knownUntil
    ) =>
        [
            .. await connection.QueryAsync<RecordedRollCall>(
                $"""
                {Select}
                WHERE c.has_names
                    AND {CurrentRollCall.OfSourceThen}
                    AND (@Session IS NULL OR COALESCE(f.session, r.session) = @Session)
                    AND {RecordFilter.OnDays}
                ORDER BY c.recorded_on, c.resolution, c.source
                """,
                new
                {
                    filter.Session,
                    filter.From,
                    filter.To,
                    filter.WithCampaign,
                    knownUntil,
                }
            ),
        ];

    /// <summary>Loads the names, in the order of their codes.</summary>
    public async Task<IReadOnlyList<NamedVote>> LoadNames(DbConnection connection) =>
        PackedNames.Unpack(
            await connection.ExecuteScalarAsync<string?>(
                "SELECT names FROM roll_call WHERE resolution = @Resolution AND version = @Version",
                new { Resolution, Version }
            )
        );
}
