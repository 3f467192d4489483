namespace VoteTracker.Features.Webhooks;

/// <summary>How far a delivery is.</summary>
public enum DeliveryStatus
{
    /// <summary>It waits for its first or its next attempt.</summary>
    Pending,

    /// <summary>The receiver returned a status of 200 to 299.</summary>
    Delivered,

    /// <summary>There are no more attempts.</summary>
    Failed,
}

/// <summary>Why an attempt failed.</summary>
public enum DeliveryFault
{
    /// <summary>The receiver returned another status than 200 to 299.</summary>
    Status,

    /// <summary>The receiver did not respond within 15 seconds.</summary>
    Timeout,

    /// <summary>The connection was refused or ended early.</summary>
    Connection,

    /// <summary>The certificate of the receiver is invalid, or no secure connection was possible.</summary>
    Tls,

    /// <summary>The name of the host has no address.</summary>
    UnknownHost,

    /// <summary>The address, or the address of a redirect, is private or otherwise refused.</summary>
    RefusedAddress,

    /// <summary>The receiver redirects too often, or to an address that cannot be posted to.</summary>
    Redirect,

    /// <summary>The response is not HTTP, or its headers are too large.</summary>
    Response,
}

/// <summary>The delivery of an event to a webhook.</summary>
public sealed record Delivery
{
    /// <summary>Its id, a number.</summary>
    public required long Id { get; init; }

    /// <summary>The id of the event, in the header `webhook-id`. It is the same at each attempt.</summary>
    public required string Event { get; init; }

    /// <summary>The type of the event, such as `stance.changed`; `webhook.test` for a test.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the event's resolution; null if it has none.</summary>
    public required string? Resolution { get; init; }

    /// <summary>How far it is. The deliveries of a disabled webhook that were pending are failed.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>The number of attempts that have ended, also those before it was sent again.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the delivery was added; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last attempt ended; null before the first.</summary>
    public required DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>The HTTP status of the last attempt; null if there was no response.</summary>
    public required int? LastStatus { get; init; }

    /// <summary>Why the last attempt failed; null if it did not.</summary>
    public required DeliveryFault? LastFault { get; init; }

    /// <summary>When the next attempt begins; null if there is none, or if it begins at once.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was delivered; null if it is not.</summary>
    public required DateTimeOffset? DeliveredAt { get; init; }
}
