using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>
/// The mark that a deleted resolution leaves: its id and its versions. A resolution that gets the id again continues after
/// them, so no two states of an id have the same version.
/// </summary>
internal static class DeletedResolution
{
    /// <summary>The first version of a new resolution with this id.</summary>
    public static Task<long> FindNextVersion(DbConnection connection, string id) =>
        connection.ExecuteScalarAsync<long>(
            $"""
            SELECT MAX(version)
            FROM (
                SELECT {Incarnation.FirstVersionOfNew} AS version
                UNION ALL
                SELECT last_version + 1 FROM deleted_resolution WHERE id = @id
            ) AS counter
            """,
            new { id }
        );

    /// <summary>Deletes a resolution that has no history but its creation, and keeps its mark.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="caller">The caller that deletes it.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="version">The version of the change that deletes it.</param>
    public static async Task Delete(Write write, Caller caller, Resolution resolution, long version)
    {
        var row = new
        {
            resolution.Id,
            version,
            visibility = EnumWord<Visibility>.ToWord(resolution.Visibility),
            write.Now,
            by = caller.Label,
        };
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO deleted_resolution (id, first_version, last_version, visibility, deleted_at, deleted_by)
            SELECT @Id, MIN(version), @version, @visibility, @Now, @by
            FROM resolution_change
            WHERE resolution = @Id
            """,
            row
        );
        foreach (var table in ResolutionHistoryCount.DeletedTables)
        {
            await write.Connection.ExecuteAsync($"DELETE FROM {table} WHERE resolution = @Id", row);
        }
        await write.Connection.ExecuteAsync("DELETE FROM resolution WHERE id = @Id", row);
    }
}

/// <summary>The first versions of many new resolutions, loaded at once.</summary>
internal sealed class NextVersions
{
    private readonly long _first;
    private readonly Dictionary<string, long> _afterDeleted;

    private NextVersions(long first, Dictionary<string, long> afterDeleted) =>
        (_first, _afterDeleted) = (first, afterDeleted);

    public static async Task<NextVersions> Load(DbConnection connection)
    {
        var deleted = await connection.QueryAsync<Row>(
            "SELECT id, MAX(last_version) AS last_version FROM deleted_resolution GROUP BY id"
        );
        return new NextVersions(
            await Incarnation.FindFirstVersion(connection),
            deleted.ToDictionary(row => row.Id, row => row.LastVersion + 1, StringComparer.Ordinal)
        );
    }

    /// <summary>The first version of a new resolution with this id.</summary>
    public long Of(string id) => Math.Max(_first, _afterDeleted.GetValueOrDefault(id));

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public long LastVersion { get; init; }
    }
}
