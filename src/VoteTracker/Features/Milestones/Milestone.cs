using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>The kind of a step in the timetable of a resolution.</summary>
public enum MilestoneKind
{
    /// <summary>The draft is circulated among the missions.</summary>
    DraftCirculated,

    /// <summary>The draft is submitted to the Secretariat (rule 78).</summary>
    Tabled,

    /// <summary>The list of co-sponsors closes.</summary>
    CoSponsorshipCloses,

    /// <summary>The Assembly debates the item.</summary>
    Debate,

    /// <summary>The vote. Its day is the `voteOn` of the resolution.</summary>
    Vote,

    /// <summary>The host state gives its consent.</summary>
    HostStateConsent,

    /// <summary>The neighbours of the host state agree to cooperate.</summary>
    NeighbourCooperation,

    /// <summary>What the resolution decides is deployed.</summary>
    Deployment,

    /// <summary>Another step.</summary>
    Other,
}

/// <summary>What a coordinator records about a milestone. A new field is added in this file and in the store.</summary>
public record MilestoneContent
{
    /// <summary>The kind of the step.</summary>
    public required MilestoneKind Kind { get; init; }

    /// <summary>What happens.</summary>
    public required string What { get; init; }

    /// <summary>The day in New York for which it is planned.</summary>
    public required DateOnly PlannedOn { get; init; }

    /// <summary>The hour in New York, such as `15:00`; null if it is not set.</summary>
    public required string? PlannedAt { get; init; }

    /// <summary>The place, such as a room.</summary>
    public required string? Place { get; init; }

    /// <summary>The day on which it was done; null while it is not done.</summary>
    public required DateOnly? DoneOn { get; init; }

    /// <summary>A note of the team. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Whether it is visible without a key, if the resolution is.</summary>
    public required bool Public { get; init; }
}

/// <summary>A step in the timetable of a resolution.</summary>
public sealed record Milestone : MilestoneContent, IVersioned
{
    /// <summary>Creates a milestone. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal Milestone(long id, string resolution, MilestoneContent content, long version, EngagementAuthors authors)
        : base(content)
    {
        Id = id;
        Resolution = resolution;
        Version = version;
        CreatedBy = authors.CreatedBy;
        CreatedAt = authors.CreatedAt;
        ChangedBy = authors.ChangedBy;
        ChangedAt = authors.ChangedAt;
    }

    /// <summary>Its number.</summary>
    [JsonPropertyOrder(-2)]
    public required long Id { get; init; }

    /// <summary>The resolution's id.</summary>
    [JsonPropertyOrder(-1)]
    public required string Resolution { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    [JsonPropertyOrder(1)]
    public required long Version { get; init; }

    /// <summary>The label of the key that added it. Viewers and up.</summary>
    [JsonPropertyOrder(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CreatedBy { get; init; }

    /// <summary>The moment at which it was added; UTC.</summary>
    [JsonPropertyOrder(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonPropertyOrder(4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    [JsonPropertyOrder(5)]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The part of the milestone that a caller sees.</summary>
    internal Milestone For(Caller caller) =>
        this with
        {
            Note = caller.May(Right.SeeContacts) ? Note : null,
            CreatedBy = caller.May(Right.SeeAuthors) ? CreatedBy : null,
            ChangedBy = caller.May(Right.SeeAuthors) ? ChangedBy : null,
        };
}
