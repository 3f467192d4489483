using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>The holders of keys, by their labels: the names that `assignee` can have.</summary>
internal sealed class TeamMembers(Settings settings, TimeProvider clock)
{
    /// <summary>The word for the caller.</summary>
    public const string Me = "me";

    /// <summary>Loads the team as of now.</summary>
    public async Task<Team> Load(DbConnection connection, Caller caller) =>
        new(
            (
                await connection.QueryAsync<ApiKeyRow>(
                    $"SELECT {ApiKeyRow.Columns} FROM api_key ORDER BY created_at, id"
                )
            ).AsList(),
            settings.AdminKey is not null,
            caller,
            clock.GetUtcNow()
        );

    /// <summary>Reads a filter by assignee. The label of a key that is no longer valid finds what its holder left.</summary>
    public async Task<string?> Read(Query query, TextParameter parameter, DbConnection connection, Caller caller)
    {
        if (query.Read(parameter) is not { } text)
        {
            return null;
        }
        if (text == Me)
        {
            return caller.Label;
        }
        var team = await Load(connection, caller);
        if (team.FindKey(text) is { } key)
        {
            return key.Label;
        }
        if (text == Caller.LabelOfSettings)
        {
            return text;
        }
        query.Wrong(parameter, $"must be me, or the label of a key{team.Suggest(text)}", text);
        return null;
    }
}
