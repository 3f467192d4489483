using System.Data.Common;
using Dapper;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>The labels that an `assignee` can have now, for the fields that name a team member.</summary>
internal static class TeamLabels
{
    /// <summary>Lists the labels of the valid keys, each once.</summary>
    public static async Task<IReadOnlyList<string>> List(
        DbConnection connection,
        Settings settings,
        DateTimeOffset now
    ) =>
        [
            .. (await connection.QueryAsync<ApiKeyRow>($"SELECT {ApiKeyRow.Columns} FROM api_key"))
                .Where(key => key.IsValid(now))
                .Select(key => key.Label)
                .Concat(settings.AdminKey is null ? [] : [Caller.LabelOfSettings])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
}
