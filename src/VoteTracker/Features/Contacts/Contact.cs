using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace VoteTracker.Features.Contacts;

/// <summary>A person or office at a mission, ministry, embassy or parliament.</summary>
public sealed record Contact : ContactContent
{
    /// <summary>Creates a contact. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal Contact(string id, ContactContent content, long version, string changedBy, DateTimeOffset changedAt)
        : base(content)
    {
        Id = id;
        Version = version;
        ChangedBy = changedBy;
        ChangedAt = changedAt;
    }

    /// <summary>Its key, which contains nothing about the person.</summary>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

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
