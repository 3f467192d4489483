using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>What is kept of a key: never the key.</summary>
public sealed record ApiKeyInfo
{
    /// <summary>Its id; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is: it signs what the key changes.</summary>
    public required string Label { get; init; }

    /// <summary>`viewer`, `lobbyist`, `coordinator` or `admin`.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>When it was made; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From when it is no longer valid; null: never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the minute; null where it never was.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A new key, shown this once.</summary>
public sealed record NewApiKey
{
    /// <summary>Its id; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>The key itself: only its hash is kept, so nobody can show it again.</summary>
    public required string Key { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Label { get; init; }

    /// <summary>What it may do.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>From when it is no longer valid; null: never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was made; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A key as it is read.</summary>
internal sealed record ApiKeyRow
{
    public const string Columns = "id, label, role, created_at, created_by, expires_at, revoked_at, last_used_at";

    public string Id { get; init; } = "";
    public string Label { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

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
        };
}
