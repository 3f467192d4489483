using System.Security.Cryptography;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>What is posted of an event: its id, and its content in both formats.</summary>
/// <param name="Id">The id of the event, the same at each attempt.</param>
/// <param name="Payload">The event as JSON.</param>
/// <param name="Line">The event as a sentence.</param>
internal sealed record EventMessage(string Id, string Payload, string Line);

/// <summary>An event that is sent to the webhooks that want it.</summary>
internal sealed record OutgoingEvent
{
    /// <summary>Its type, such as `stance.changed`.</summary>
    public required string Type { get; init; }

    /// <summary>The resolution that it is about; null if it is about none.</summary>
    public required string? Resolution { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The place in the feed of the change that it comes from; null if it comes from a date.</summary>
    public long? Seq { get; init; }

    /// <summary>What is posted.</summary>
    public required EventMessage Message { get; init; }

    /// <summary>A new id. It is random, so that a restored database does not use an id again.</summary>
    public static string NewId() => "msg_" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 24);
}
