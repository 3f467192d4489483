using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Resolutions;

/// <summary>A resolution that everybody may see, and the moment of its last change.</summary>
internal sealed record PublicResolution
{
    public string Id { get; init; } = "";

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Lists all of them, by their ids.</summary>
    public static async Task<IReadOnlyList<PublicResolution>> List(DbConnection connection) =>
        [
            .. await connection.QueryAsync<PublicResolution>(
                """
                SELECT r.id, r.changed_at
                FROM resolution r
                WHERE r.visibility <> 'private'
                    OR EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = r.id AND c.removed_at IS NULL)
                ORDER BY r.id
                """
            ),
        ];
}
