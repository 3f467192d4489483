using System.Data.Common;
using Dapper;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>The stored data of a key, without the key itself.</summary>
public sealed record ApiKeyInfo
{
    /// <summary>Its id, which is not secret.</summary>
    public required string Id { get; init; }

    /// <summary>The author of the changes that the key makes.</summary>
    public required string Label { get; init; }

    /// <summary>`viewer`, `lobbyist`, `coordinator` or `admin`.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>When it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it expires; null if it does not expire.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the minute; null if it was never used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The resolutions to which it is limited; null without a limit.</summary>
    public required IReadOnlyList<string>? Resolutions { get; init; }

    /// <summary>Whether the holder is a person who signs in with the organisation, and has no key.</summary>
    public required bool IsPerson { get; init; }
}

/// <summary>A new key, which is shown once.</summary>
public sealed record NewApiKey
{
    /// <summary>Its id, which is not secret.</summary>
    public required string Id { get; init; }

    /// <summary>The key itself. Only its hash is stored, so it cannot be shown again.</summary>
    public required string Key { get; init; }

    /// <summary>The author of the changes that the key makes.</summary>
    public required string Label { get; init; }

    /// <summary>Its role.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>When it expires; null if it does not expire.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The resolutions to which it is limited; null without a limit.</summary>
    public required IReadOnlyList<string>? Resolutions { get; init; }

    /// <summary>When it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A row of the table of keys.</summary>
internal sealed record ApiKeyRow
{
    public const string Columns =
        "id, label, role, created_at, created_by, expires_at, revoked_at, last_used_at, replaced_by, scope, issuer, subject";

    public string Id { get; init; } = "";
    public string Label { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public string? ReplacedBy { get; init; }
    public string? Scope { get; init; }
    public string? Issuer { get; init; }
    public string? Subject { get; init; }

    /// <summary>Finds a key by its id; null if there is none.</summary>
    public static Task<ApiKeyRow?> Find(DbConnection connection, string id) =>
        connection.QuerySingleOrDefaultAsync<ApiKeyRow>($"SELECT {Columns} FROM api_key WHERE id = @id", new { id });

    /// <summary>Whether the key is neither expired nor revoked.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);

    public ApiKeyInfo Info =>
        new()
        {
            Id = Id,
            Label = Label,
            Role = EnumWord<KeyRole>.Parse(Role),
            CreatedAt = CreatedAt,
            CreatedBy = CreatedBy,
            ExpiresAt = ExpiresAt,
            RevokedAt = RevokedAt,
            LastUsedAt = LastUsedAt,
            Resolutions = KeyScope.Parse(Scope),
            IsPerson = Subject is not null,
        };
}
