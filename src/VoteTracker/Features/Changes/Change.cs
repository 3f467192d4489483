using System.Text.Json.Serialization;

namespace VoteTracker.Features.Changes;

/// <summary>The subject of a change.</summary>
public enum ChangeKind
{
    /// <summary>A resolution was opened or deleted, or a field of it changed.</summary>
    Resolution,

    /// <summary>A stance was recorded or deleted.</summary>
    Stance,

    /// <summary>The tally changed, and the caller may not see which stance did.</summary>
    Tally,

    /// <summary>A co-sponsor was recorded or deleted.</summary>
    CoSponsor,

    /// <summary>A scenario was saved or deleted. The tally did not change.</summary>
    Scenario,

    /// <summary>A roll call was recorded or removed.</summary>
    RollCall,

    /// <summary>A member became ineligible, or eligible again.</summary>
    Ineligibility,

    /// <summary>A contact was added, changed or erased.</summary>
    Contact,

    /// <summary>An engagement was recorded, corrected or deleted.</summary>
    Engagement,

    /// <summary>A task was added, changed or deleted.</summary>
    Task,

    /// <summary>A state was assigned to a team member, or is no longer assigned. The tally did not change.</summary>
    Assignment,

    /// <summary>A comment on a stance was added or deleted. The tally did not change.</summary>
    Comment,

    /// <summary>An endorsement was recorded, changed or deleted. The tally did not change.</summary>
    Endorsement,

    /// <summary>A formal act of a state was recorded, changed or deleted. The tally did not change.</summary>
    Act,

    /// <summary>A pressure was recorded, changed or deleted. The tally did not change.</summary>
    Pressure,

    /// <summary>A vote day was opened, proposed, reopened or discarded, or a vote of it was entered or removed. The tally did not change. Lobbyists and up.</summary>
    VoteDay,

    /// <summary>A milestone was added, changed or deleted. The tally did not change.</summary>
    Milestone,

    /// <summary>A session was added, or a field or its vote in the Council changed.</summary>
    Session,

    /// <summary>The request of a member for a session was recorded or deleted.</summary>
    SessionRequest,

    /// <summary>A veto in the Security Council was recorded, changed or deleted.</summary>
    CouncilVeto,
}

/// <summary>An entry of the feed of changes: the subject and the moment, without the content.</summary>
public sealed record Change
{
    /// <summary>The place in the feed after this change: `GET /v1/changes?after=`.</summary>
    public required string Cursor { get; init; }

    /// <summary>The subject of the change.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The resolution's id, if the change belongs to one.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The code of the member state or observer, if the change is about one.</summary>
    public required string? MemberState { get; init; }

    /// <summary>The contact's id, if the change is about one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Contact { get; init; }

    /// <summary>The session's id, if the change is about one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Session { get; init; }

    /// <summary>The version of the resolution or the session that the change made.</summary>
    public required long? Version { get; init; }

    /// <summary>The moment of the change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The label of the key that made the change. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }
}
