using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Features.Versioned;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>A member or observer that supports a resolution.</summary>
public sealed record CoSponsor : CoSponsorContent, IVersioned
{
    /// <summary>Creates a co-sponsor. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal CoSponsor(
        string resolution,
        string memberState,
        CoSponsorContent content,
        long version,
        string changedBy,
        DateTimeOffset changedAt
    )
        : base(content)
    {
        Resolution = resolution;
        MemberState = memberState;
        Version = version;
        ChangedBy = changedBy;
        ChangedAt = changedAt;
    }

    /// <summary>The resolution's id.</summary>
    [JsonPropertyOrder(-2)]
    public required string Resolution { get; init; }

    /// <summary>The code of the member or observer, ISO 3166-1 alpha-3.</summary>
    [JsonPropertyOrder(-1)]
    public required string MemberState { get; init; }

    /// <summary>The resolution's version that the last change of the co-sponsor made; the ETag.</summary>
    [JsonPropertyOrder(1)]
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonPropertyOrder(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    [JsonPropertyOrder(3)]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether a code is that of a member or observer. Only these may co-sponsor.</summary>
    internal static bool MayCoSponsor(ReferenceData referenceData, string iso3) =>
        referenceData.Roster.Find(iso3) is { Kind: SeatKind.Member or SeatKind.Observer };

    /// <summary>The part of it that this caller may see, or null. The public sees states that have signed.</summary>
    internal CoSponsor? For(Caller caller) =>
        caller.May(Right.SeeCoSponsors) ? this
        : Status == CoSponsorStatus.Signed ? this with { Note = null, ChangedBy = null }
        : null;
}
