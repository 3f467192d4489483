using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks;

/// <summary>A row of a webhook, with its secrets.</summary>
internal sealed record WebhookRow
{
    public const string Select = """
        SELECT
            id, url, events, resolution, format, secret, old_secret, old_secret_until, disabled_at, disabled_reason, version,
            created_at, created_by, changed_at, changed_by
        FROM webhook
        """;

    public string Id { get; init; } = "";
    public string Url { get; init; } = "";
    public string Events { get; init; } = "";
    public string? Resolution { get; init; }
    public string Format { get; init; } = "";
    public string Secret { get; init; } = "";
    public string? OldSecret { get; init; }
    public DateTimeOffset? OldSecretUntil { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public string? DisabledReason { get; init; }
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";

    /// <summary>The events as text: each word with a space before and after, so that a word can be found.</summary>
    public static string ToText(IEnumerable<WebhookEvent?> events) =>
        $" {string.Join(' ', events.Select(word => EnumWord<WebhookEvent>.ToWord(word!.Value)))} ";

    /// <summary>The secrets that sign at a moment, the newest first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset moment) =>
        OldSecret is { } old && OldSecretUntil > moment ? [Secret, old] : [Secret];

    /// <summary>The webhook as users see it.</summary>
    public Webhook ToWebhook() =>
        new()
        {
            Id = Id,
            Url = Url,
            Events = [.. Events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(EnumWord<WebhookEvent>.Parse)],
            Resolution = Resolution,
            Format = EnumWord<WebhookFormat>.Parse(Format),
            Enabled = DisabledAt is null,
            DisabledAt = DisabledAt,
            DisabledReason = EnumWord<WebhookDisabledReason>.ParseOrNull(DisabledReason),
            OldSecretUntil = OldSecretUntil,
            Version = Version,
            CreatedAt = CreatedAt,
            CreatedBy = CreatedBy,
            ChangedAt = ChangedAt,
            ChangedBy = ChangedBy,
        };
}
