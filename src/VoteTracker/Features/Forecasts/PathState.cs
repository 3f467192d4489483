using System.Text.Json.Serialization;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>A member to talk to, and its score.</summary>
public sealed record PathState
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The position.</summary>
    public required Position Position { get; init; }

    /// <summary>The certainty.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>The flip with the highest score for this member.</summary>
    public required FlipKind Flip { get; init; }

    /// <summary>The increase of the margin; for the goal `block`, the decrease.</summary>
    public required int Gain { get; init; }

    /// <summary>The reachability of the flip, 0 to 1: the product of the factors.</summary>
    public required double Reachability { get; init; }

    /// <summary>gain × reachability.</summary>
    public required double Score { get; init; }

    /// <summary>The factors of the reachability.</summary>
    public required Reachability Parts { get; init; }

    /// <summary>The co-sponsor status; null if none is recorded.</summary>
    public required CoSponsorStatus? CoSponsor { get; init; }

    /// <summary>The days since the last engagement with it. Only for lobbyists and higher roles, and only if there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DaysSinceContact { get; init; }
}
