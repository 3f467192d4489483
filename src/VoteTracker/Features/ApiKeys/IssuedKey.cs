using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
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
        write.SetAudit(EnumWord<AuditAction>.ToWord(AuditAction.KeyCreated), $"key={issued.Id}");
        return issued;
    }

    /// <summary>Replaces a key: creates one with the same label, role and expiry. The old one expires at a moment, or earlier.</summary>
    public static async Task<NewApiKey> Replace(Write write, ApiKeyRow old, DateTimeOffset until, string by)
    {
        var issued = await Issue(write, old.Info.Role, old.Label, old.ExpiresAt, by);
        await write.Connection.ExecuteAsync(
            "UPDATE api_key SET replaced_by = @newId, expires_at = @until WHERE id = @Id",
            new
            {
                newId = issued.Id,
                until = old.ExpiresAt < until ? old.ExpiresAt : until,
                old.Id,
            }
        );
        return issued;
    }
}
