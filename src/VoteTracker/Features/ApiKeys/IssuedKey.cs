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
    public static async Task<NewApiKey> Issue(Write write, NewKey requested, string by)
    {
        var key = requested.Key ?? ApiKey.New();
        var hash = ApiKey.Hash(key);
        var issued = new NewApiKey
        {
            Id = ApiKey.NewId(),
            Key = key,
            Label = KeyLabel.Normalize(requested.Label),
            Role = requested.Role,
            ExpiresAt = requested.ExpiresAt,
            Resolutions = KeyScope.Parse(requested.Scope),
            CreatedAt = write.Now,
        };
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO api_key
                (id, label, role, lookup, hash, created_at, created_by, expires_at, scope, issuer, subject)
            VALUES (@Id, @Label, @role, @lookup, @hash, @CreatedAt, @by, @ExpiresAt, @Scope, @Issuer, @Subject)
            """,
            new
            {
                issued.Id,
                issued.Label,
                role = EnumWord<KeyRole>.ToWord(requested.Role),
                lookup = ApiKey.Lookup(hash),
                hash,
                issued.CreatedAt,
                by,
                issued.ExpiresAt,
                requested.Scope,
                requested.Issuer,
                requested.Subject,
            }
        );
        write.SetAudit(EnumWord<AuditAction>.ToWord(AuditAction.KeyCreated), $"key={issued.Id}");
        return issued;
    }

    /// <summary>Replaces a key: creates one with the same label, role and scope. The old one expires at a moment, or earlier.</summary>
    public static async Task<NewApiKey> Replace(
        Write write,
        ApiKeyRow old,
        DateTimeOffset until,
        DateTimeOffset? expiresAt,
        string by
    )
    {
        var key = new NewKey(old.Info.Role, old.Label) { ExpiresAt = expiresAt ?? old.ExpiresAt, Scope = old.Scope };
        var issued = await Issue(write, key, by);
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

/// <summary>A key to issue.</summary>
/// <param name="Role">Its role.</param>
/// <param name="Label">Its label.</param>
internal sealed record NewKey(KeyRole Role, string Label)
{
    /// <summary>The key itself; random if it is null.</summary>
    public string? Key { get; init; }

    /// <summary>When it expires; null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The resolutions to which it is limited, as they are stored; null for no limit.</summary>
    public string? Scope { get; init; }

    /// <summary>The provider of the person who signs in instead of having a key; null for a key.</summary>
    public string? Issuer { get; init; }

    /// <summary>The person at the provider; null for a key.</summary>
    public string? Subject { get; init; }

    /// <summary>When a key expires whose creator names no moment; null if it does not.</summary>
    public static DateTimeOffset? DefaultExpiry(Settings settings, DateTimeOffset now) =>
        settings.KeyDays == 0 ? null : now.AddDays(settings.KeyDays);
}
