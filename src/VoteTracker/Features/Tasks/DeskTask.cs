using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;

namespace VoteTracker.Features.Tasks;

/// <summary>Something that a team member does by a given day.</summary>
public sealed record DeskTask : TaskContent, IVersioned
{
    /// <summary>Creates a task. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal DeskTask(long id, TaskContent content, long version, EngagementAuthors authors)
        : base(content)
    {
        Id = id;
        Version = version;
        CreatedBy = authors.CreatedBy;
        CreatedAt = authors.CreatedAt;
        ChangedBy = authors.ChangedBy;
        ChangedAt = authors.ChangedAt;
    }

    /// <summary>Its number.</summary>
    [JsonPropertyOrder(-1)]
    public required long Id { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    [JsonPropertyOrder(1)]
    public required long Version { get; init; }

    /// <summary>The label of the key that added it.</summary>
    [JsonPropertyOrder(2)]
    public required string CreatedBy { get; init; }

    /// <summary>The moment at which it was added; UTC.</summary>
    [JsonPropertyOrder(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    [JsonPropertyOrder(4)]
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    [JsonPropertyOrder(5)]
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>How far a task is.</summary>
internal enum TaskProgress
{
    /// <summary>It is not done.</summary>
    Open,

    /// <summary>It is not done, and its day is over in New York.</summary>
    Overdue,

    /// <summary>It is done.</summary>
    Done,
}
