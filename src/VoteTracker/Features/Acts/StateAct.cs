using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Acts;

/// <summary>A formal act of a state, with the public document that shows it.</summary>
public sealed record StateAct : ActContent, IVersioned
{
    /// <summary>Creates an act. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal StateAct(long id, ActContent content, long version, string changedBy, DateTimeOffset changedAt)
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

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonPropertyOrder(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    [JsonPropertyOrder(3)]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The part of it that a caller may see.</summary>
    internal StateAct For(Caller caller) => caller.May(Right.SeeAuthors) ? this : this with { ChangedBy = null };
}
