using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>The holders of keys, by their labels: the names that `assignee` can have.</summary>
internal sealed class TeamMembers(Settings settings)
{
    /// <summary>The word for the caller.</summary>
    public const string Me = "me";

    /// <summary>The label that an `assignee` in a body stands for, or what is wrong with it. The key must be valid now.</summary>
    public async Task<(string? Label, string? Fault)> FindValid(
        DbConnection connection,
        string text,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (text == Me)
        {
            return (caller.Label, null);
        }
        var rows = await Find(connection, text);
        if (rows.FirstOrDefault(row => row.IsValid(now)) is { } valid)
        {
            return (valid.Label, null);
        }
        if (settings.AdminKey is not null && text == Caller.LabelOfSettings)
        {
            return (text, null);
        }
        return (
            null,
            rows.Count == 0
                ? $"must be me, or the label of a valid key; found {SafeText.Quote(text)}"
                : $"must be the label of a valid key; the key {SafeText.Quote(rows[^1].Label)} {(rows[^1].RevokedAt is null ? "has expired" : "was revoked")}"
        );
    }

    /// <summary>Reads a filter by assignee. The label of a key that is no longer valid finds what its holder left.</summary>
    public static async Task<string?> Read(Query query, TextParameter parameter, DbConnection connection, Caller caller)
    {
        if (query.Read(parameter) is not { } text)
        {
            return null;
        }
        if (text == Me)
        {
            return caller.Label;
        }
        var rows = await Find(connection, text);
        if (rows.Count > 0 || text == Caller.LabelOfSettings)
        {
            return rows.Count > 0 ? rows[^1].Label : text;
        }
        query.Wrong(parameter, "must be me, or the label of a key", text);
        return null;
    }

    // No two keys of different holders have labels that differ in their case.
    private static async Task<IReadOnlyList<ApiKeyRow>> Find(DbConnection connection, string text) =>
        [
            .. (
                await connection.QueryAsync<ApiKeyRow>(
                    $"SELECT {ApiKeyRow.Columns} FROM api_key ORDER BY created_at, id"
                )
            ).Where(row => string.Equals(row.Label, text, StringComparison.OrdinalIgnoreCase)),
        ];
}
