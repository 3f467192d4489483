using System.Data.Common;
using System.Globalization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Lists;

namespace VoteTracker.Features.Changes;

/// <summary>The feed of changes, for readers that follow it from its end.</summary>
internal static class ChangeFeed
{
    /// <summary>The name of the list in its cursors.</summary>
    public const string List = "changes";

    /// <summary>The cursor of the last change: `GET /v1/changes?after=` lists what comes later.</summary>
    public static async Task<string> LoadEnd(DbConnection connection, Cursors cursors)
    {
        var incarnation = await Incarnation.FindFirstVersion(connection);
        var newest = await connection.ExecuteScalarAsync<long?>("SELECT MAX(seq) FROM change") ?? 0;
        return cursors.Seal(List, newest.ToString(CultureInfo.InvariantCulture), incarnation);
    }

    /// <summary>
    /// Finds the place in the feed before the first change at a moment or later; the end if there is no such change. Later
    /// places can have earlier moments: those of the record that is shipped.
    /// </summary>
    public static Task<long> FindPlaceBefore(DbConnection connection, DateTimeOffset moment) =>
        connection.ExecuteScalarAsync<long>(
            """
            SELECT COALESCE(
                (SELECT MIN(seq) FROM change WHERE at >= @moment) - 1,
                (SELECT MAX(seq) FROM change),
                0
            )
            """,
            new { moment }
        );
}
