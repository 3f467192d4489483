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

    /// <summary>Finds the last change before a moment; 0 if there is none. It is searched from the end, where readers begin.</summary>
    public static async Task<long> FindLastBefore(DbConnection connection, DateTimeOffset moment) =>
        await connection.ExecuteScalarAsync<long?>(
            "SELECT seq FROM change WHERE at < @moment ORDER BY seq DESC LIMIT 1",
            new { moment }
        ) ?? 0;
}
