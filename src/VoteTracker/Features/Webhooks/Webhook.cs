using System.Text.Json.Serialization;
using VoteTracker.Features.Versioned;

namespace VoteTracker.Features.Webhooks;

/// <summary>What a webhook is notified of.</summary>
public enum WebhookEvent
{
    /// <summary>A stance was recorded, changed or deleted.</summary>
    [JsonStringEnumMemberName("stance.changed")]
    StanceChanged,

    /// <summary>Before the vote, the majority is reached, or is no longer reached.</summary>
    [JsonStringEnumMemberName("threshold.crossed")]
    ThresholdCrossed,

    /// <summary>Before the vote, the outlook is another one.</summary>
    [JsonStringEnumMemberName("outlook.changed")]
    OutlookChanged,

    /// <summary>A state has signed as a co-sponsor.</summary>
    [JsonStringEnumMemberName("co-sponsor.signed")]
    CoSponsorSigned,

    /// <summary>The vote on a resolution was recorded.</summary>
    [JsonStringEnumMemberName("resolution.voted")]
    ResolutionVoted,

    /// <summary>The day of an open task is over, at midnight in New York.</summary>
    [JsonStringEnumMemberName("task.overdue")]
    TaskOverdue,

    /// <summary>A comment mentions a team member.</summary>
    [JsonStringEnumMemberName("mention.created")]
    MentionCreated,

    /// <summary>A session was convened.</summary>
    [JsonStringEnumMemberName("session.convened")]
    SessionConvened,
}

/// <summary>What is posted to the receiver.</summary>
public enum WebhookFormat
{
    /// <summary>The type, the moment and the data of the event.</summary>
    Json,

    /// <summary>One sentence under `text`, as chat programs accept it.</summary>
    Text,
}

/// <summary>Why a webhook is disabled.</summary>
public enum WebhookDisabledReason
{
    /// <summary>A user disabled it.</summary>
    ByUser,

    /// <summary>All attempts of a delivery failed for three days.</summary>
    Failing,

    /// <summary>The receiver returned 410: it wants no more events.</summary>
    Gone,
}

/// <summary>A receiver that the service notifies of events.</summary>
public sealed record Webhook : IVersioned
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The address that events are posted to.</summary>
    public required string Url { get; init; }

    /// <summary>The events that are sent.</summary>
    public required IReadOnlyList<WebhookEvent> Events { get; init; }

    /// <summary>The id of the only resolution whose events are sent; null for all.</summary>
    public required string? Resolution { get; init; }

    /// <summary>What is posted.</summary>
    public required WebhookFormat Format { get; init; }

    /// <summary>Whether events are sent.</summary>
    public required bool Enabled { get; init; }

    /// <summary>When it was disabled; null if it is enabled.</summary>
    public required DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Why it was disabled; null if it is enabled.</summary>
    public required WebhookDisabledReason? DisabledReason { get; init; }

    /// <summary>
    /// The secret of its signatures: `whsec_` and the base64 of 32 random bytes. Only the responses to its creation and to a
    /// rotation have it. It cannot be shown again, but it can be replaced.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Until when the secret before the last rotation signs too; null if it was never replaced.</summary>
    public required DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The moment at which it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The label of the key that made the last change, or `service` if the service disabled it.</summary>
    public required string ChangedBy { get; init; }
}
