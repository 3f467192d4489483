using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Features.Versioned;

namespace VoteTracker.Features.Pressures;

/// <summary>A pressure on a member to vote in one way. Only lobbyists and higher roles read it.</summary>
public sealed record StatePressure : PressureContent, IVersioned
{
    /// <summary>Creates a pressure. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal StatePressure(long id, PressureContent content, long version, string changedBy, DateTimeOffset changedAt)
        : base(content)
    {
        Id = id;
        Version = version;
        ChangedBy = changedBy;
        ChangedAt = changedAt;
    }

    /// <summary>Its number.</summary>
    [JsonPropertyOrder(-1)]
    public required long Id { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    [JsonPropertyOrder(1)]
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    [JsonPropertyOrder(2)]
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    [JsonPropertyOrder(3)]
    public required DateTimeOffset ChangedAt { get; init; }
}
