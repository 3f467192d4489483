using System.Text.Json.Serialization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Resolutions;

/// <summary>A draft resolution, an amendment, a paragraph or a motion that is, or will be, put to the vote.</summary>
public sealed record Resolution
{
    /// <summary>Its key: the symbol in lower case with hyphens, `es-10-l-34`.</summary>
    public required string Id { get; init; }

    /// <summary>The document symbol, `A/ES-10/L.34`; null if a resolution of the record had none.</summary>
    public required string? Symbol { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The current text: `Rev.1`, `Rev.2`; null for the original. A co-sponsor is asked again for each revision.</summary>
    public required string? TextVersion { get; init; }

    /// <summary>A draft resolution, an amendment, a paragraph or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The id of the resolution to which an amendment, a paragraph or a motion belongs.</summary>
    public required string? Parent { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>The status, in the Assembly's own words.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The day of the vote in New York. The members of that day vote. Null if it is not set; then today is used.</summary>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>Its place among those of its kind when they are put to the vote; null if it is not set.</summary>
    public required int? Order { get; init; }

    /// <summary>The part of it that is visible without a key.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>The basis of its tally.</summary>
    public required Basis Basis { get; init; }

    /// <summary>The address of the Assembly's record of it; null if there is none.</summary>
    public required string? RecordUrl { get; init; }

    /// <summary>Raised by every change of it, its stances, co-sponsors and roll call; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The moment it was opened or imported; UTC. For a resolution that is shipped with the service, the day after the vote.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The moment of its last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The resolution whose roll call its stances began with. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Baseline { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>Its tally, if the request has `?include=tally`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Tally? Tally { get; init; }

    /// <summary>The day that decides which states are members and may vote: the day of the vote, or today.</summary>
    internal DateOnly VotingDay(DateTimeOffset now) => VoteOn ?? NewYork.DayOf(now);

    /// <summary>The part of the resolution that this caller may see.</summary>
    internal Resolution For(Caller caller) =>
        !caller.May(Right.SeeResolutions) ? this with { Baseline = null, ChangedBy = null }
        : caller.Scope is null ? this
        : this with { Baseline = InScope(Baseline, caller), Parent = InScope(Parent, caller) };

    private static string? InScope(string? id, Caller caller) => id is not null && caller.SeesAlways(id) ? id : null;
}
