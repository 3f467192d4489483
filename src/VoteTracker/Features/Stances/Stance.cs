using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>A member state's position on a resolution. Callers without a key see the required fields only.</summary>
public sealed record Stance : StanceContent
{
    /// <summary>Creates a stance. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal Stance(
        string resolution,
        string memberState,
        StanceContent content,
        long version,
        string? changedBy,
        DateTimeOffset? changedAt
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

    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    [JsonPropertyOrder(-1)]
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    [JsonPropertyOrder(-1)]
    public StateName Name => new(MemberState);

    /// <summary>The resolution's version that the last change of the stance made; 0 if there was none. The ETag. Viewers and up.</summary>
    [JsonPropertyOrder(1)]
    [Restricted]
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonPropertyOrder(2)]
    [Restricted]
    public required string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC. Viewers and up.</summary>
    [JsonPropertyOrder(3)]
    [Restricted]
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The label of the team member that the state is assigned to; null if it is not assigned. Only in the list. Viewers and up.</summary>
    [JsonPropertyOrder(4)]
    [Restricted]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Assignee { get; init; }

    /// <summary>The version of the assignment, for its `If-Match`; left out if the state was never assigned. Only in the list. Viewers and up.</summary>
    [JsonPropertyOrder(5)]
    [Restricted]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AssignmentVersion { get; init; }

    /// <summary>The stance of a member for which nothing was ever recorded.</summary>
    internal static Stance CreateUnknown(string resolution, string memberState) =>
        new(resolution, memberState, StanceContent.Unknown, version: 0, changedBy: null, changedAt: null);

    /// <summary>The part of the stance that this caller may see.</summary>
    internal Stance For(Caller caller) => caller.May(Right.SeeContacts) ? this : this with { Contact = null };
}

/// <summary>The fields of a stance that callers without a key see if the resolution's visibility is `positions`.</summary>
public sealed record PublicStance
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The position.</summary>
    public required Position Position { get; init; }

    internal static PublicStance FromStance(Stance stance) =>
        new()
        {
            Resolution = stance.Resolution,
            MemberState = stance.MemberState,
            Position = stance.Position,
        };
}
