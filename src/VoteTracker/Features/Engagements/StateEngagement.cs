using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tasks;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>One meeting, call, letter, message or event with a member state, and its outcome.</summary>
public record StateEngagement : EngagementContent, IVersioned
{
    /// <summary>Creates an engagement. The content is copied as a whole, so that no field can be forgotten.</summary>
    [SetsRequiredMembers]
    internal StateEngagement(long id, EngagementContent content, long version, EngagementAuthors authors)
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

    /// <summary>The label of the key that recorded it: the author.</summary>
    [JsonPropertyOrder(2)]
    public required string CreatedBy { get; init; }

    /// <summary>The moment at which it was recorded; UTC.</summary>
    [JsonPropertyOrder(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    [JsonPropertyOrder(4)]
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    [JsonPropertyOrder(5)]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether a caller that may see engagements sees this one.</summary>
    internal bool IsVisibleTo(Caller caller) => !Confidential || MayHide(caller);

    /// <summary>The same rule in SQL, with the parameter `Label`.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="confidential">The column that says whether it is confidential.</param>
    /// <param name="author">The column with its author.</param>
    internal static string VisibleTo(
        Caller caller,
        string confidential = "confidential",
        string author = "created_by"
    ) => caller.May(Right.SeeConfidential) ? "TRUE" : $"({confidential} = FALSE OR {author} = @Label)";

    /// <summary>Whether a caller decides who sees it: the author and coordinators.</summary>
    internal bool MayHide(Caller caller) => CreatedBy == caller.Label || caller.May(Right.SeeConfidential);
}

/// <summary>Who recorded and last changed a record, and when.</summary>
internal sealed record EngagementAuthors(
    string CreatedBy,
    DateTimeOffset CreatedAt,
    string ChangedBy,
    DateTimeOffset ChangedAt
);

/// <summary>An engagement as it was recorded, with the stance and the tasks of the same transaction.</summary>
public sealed record RecordedEngagement : StateEngagement
{
    /// <summary>Creates the response to a recorded engagement.</summary>
    [SetsRequiredMembers]
    internal RecordedEngagement(StateEngagement engagement, Stance? stance, IReadOnlyList<DeskTask> tasks)
        : base(engagement)
    {
        Stance = stance;
        Tasks = tasks;
    }

    /// <summary>The stance that was recorded with it; null if there was none.</summary>
    [JsonPropertyOrder(6)]
    public required Stance? Stance { get; init; }

    /// <summary>The tasks that were added with it.</summary>
    [JsonPropertyOrder(7)]
    public required IReadOnlyList<DeskTask> Tasks { get; init; }
}
