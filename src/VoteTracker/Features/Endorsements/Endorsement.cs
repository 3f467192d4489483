using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>The support of an organisation for the campaign's demand, or for one resolution.</summary>
public sealed record Endorsement : EndorsementContent, IVersioned
{
    /// <summary>Creates an endorsement. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal Endorsement(long id, EndorsementContent content, long version, string changedBy, DateTimeOffset changedAt)
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
    internal Endorsement For(Caller caller) => caller.May(Right.SeeAuthors) ? this : this with { ChangedBy = null };

    /// <summary>The name by which organisations are compared: without case, accents, punctuation and repeated blanks.</summary>
    internal static string KeyOf(string organisation)
    {
        var folded = FoldedText.Fold(organisation).Trim();
        // A name without letters and digits is compared as it is.
        return folded.Length > 0 ? folded : VisibleText.Trim(organisation).ToLowerInvariant();
    }
}
