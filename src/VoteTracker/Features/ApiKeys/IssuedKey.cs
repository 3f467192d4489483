using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>
/// Creates a key: over HTTP, on the command line, or as the first key of a database. The key is random, unless an
/// operator has chosen it.
/// </summary>
internal static class IssuedKey
{
    public static async Task<NewApiKey> Issue(
        Write write,
        KeyRole role,
        string label,
        DateTimeOffset? expiresAt,
        string by,
        string? key = null
    )
    {
        key ??= ApiKey.New();
        var hash = ApiKey.Hash(key);
        var issued = new NewApiKey
        {
            Id = ApiKey.NewId(),
            Key = key,
            Label = KeyLabel.Normalize(label),
            Role = role,
            ExpiresAt = expiresAt,
            CreatedAt = write.Now,
        };
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO api_key (id, label, role, lookup, hash, created_at, created_by, expires_at)
            VALUES (@Id, @Label, @role, @lookup, @hash, @CreatedAt, @by, @ExpiresAt)
            """,
            new
            {
                issued.Id,
                issued.Label,
                role = EnumWord<KeyRole>.ToWord(role),
                lookup = ApiKey.Lookup(hash),
                hash,
                issued.CreatedAt,
                by,
                issued.ExpiresAt,
            }
        );
        return issued;
    }
}
