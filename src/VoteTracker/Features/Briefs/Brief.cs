using System.Text.Json.Serialization;
using VoteTracker.Features.Acts;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Pressures;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tasks;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Briefs;

/// <summary>What a visitor of a mission needs to know: one member or observer, for one resolution. It has what the caller may see.</summary>
public sealed record Brief
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The document symbol of the resolution.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title of the resolution.</summary>
    public required string Title { get; init; }

    /// <summary>The status of the resolution.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The day of the vote in New York; null if it is not set.</summary>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>The moment of the brief; UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The code of the member or observer, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The state with its names and groups, and its right to vote on the day of the vote.</summary>
    public required MemberState State { get; init; }

    /// <summary>The current stance; null for an observer.</summary>
    public required Stance? Stance { get; init; }

    /// <summary>The last five changes of the stance, the newest first.</summary>
    public required IReadOnlyList<StanceChange> Changes { get; init; }

    /// <summary>The recorded vote on the resolution; null before the vote, and for an observer.</summary>
    public required Vote? Vote { get; init; }

    /// <summary>The state as a co-sponsor; null if nothing is recorded.</summary>
    public required CoSponsor? CoSponsor { get; init; }

    /// <summary>The current text of the resolution: `Rev.1`; null is the original text.</summary>
    internal string? TextVersion { get; init; }

    /// <summary>The label of the team member that the state is assigned to; null if it is not assigned.</summary>
    public required string? Assignee { get; init; }

    /// <summary>The expected vote; null for an observer, for a member that may not vote, and after the vote.</summary>
    public required BriefForecast? Forecast { get; init; }

    /// <summary>The votes of the member on the most similar resolutions, the most similar first. 8 at most.</summary>
    public required IReadOnlyList<SimilarVote> SimilarVotes { get; init; }

    /// <summary>The number of endorsements by organisations of the state, of this resolution or of the demand of the campaign.</summary>
    public required int EndorsementCount { get; init; }

    /// <summary>These endorsements, in the order of the names. 20 at most.</summary>
    public required IReadOnlyList<Endorsement> Endorsements { get; init; }

    /// <summary>The formal acts of the state about this resolution or none, the newest day first. 10 at most.</summary>
    public required IReadOnlyList<StateAct> Acts { get; init; }

    /// <summary>The pressures on the member, on this resolution or on every one. 10 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StatePressure>? Pressures { get; init; }

    /// <summary>What is missing before the vote. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Gap>? Gaps { get; init; }

    /// <summary>The people and offices that work for the state. 20 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Contact>? Contacts { get; init; }

    /// <summary>The latest engagements with the state about any resolution, the newest day first. 10 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StateEngagement>? Engagements { get; init; }

    /// <summary>The open tasks about the state, for any resolution; the earliest due day first. 20 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeskTask>? Tasks { get; init; }

    /// <summary>The latest comments on the stance, the newest first. 5 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Comment>? Comments { get; init; }

    /// <summary>The names of the lists that have more entries than this brief: `changes`, `endorsements`, `acts`, `pressures`, `contacts`, `engagements`, `tasks`, `comments`.</summary>
    public required IReadOnlyList<string> More { get; init; }

    /// <summary>The name of a contact that the brief has; null for another.</summary>
    internal string? NameOf(string? contact) => Contacts?.FirstOrDefault(one => one.Id == contact)?.Name;
}

/// <summary>The expected vote of one member, and its weight in the result.</summary>
public sealed record BriefForecast
{
    /// <summary>The probability that the majority is reached; null if the rule is not recorded.</summary>
    public required double? Probability { get; init; }

    /// <summary>The chances of the member's vote.</summary>
    public required FourChances Chances { get; init; }

    /// <summary>How much the probability would change if the vote of the member were certain; null if the rule is not recorded.</summary>
    public required Pivotality? Pivotality { get; init; }
}

/// <summary>The recorded vote of a member on a resolution that is similar to another.</summary>
public sealed record SimilarVote
{
    /// <summary>The id of the similar resolution.</summary>
    public required string Resolution { get; init; }

    /// <summary>Its document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The vote of the member.</summary>
    public required Vote Vote { get; init; }

    /// <summary>Its share in the forecast from the record, 0 to 1.</summary>
    public required double Share { get; init; }
}
