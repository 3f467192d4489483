using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Voting;

namespace VoteTracker.Features.Stances;

/// <summary>Who can have a stance, and until when.</summary>
internal static class StanceRules
{
    /// <summary>Members have stances; observers and former members do not, nor does a code that nobody has.</summary>
    public static bool HasStance(Facts facts, string iso3) => facts.Roster.Find(iso3) is { Kind: SeatKind.Member };

    /// <summary>409: after the vote the record speaks.</summary>
    public static ProblemHttpResult Closed(Resolution resolution) =>
        Problems.Conflict(
            "vote-is-over",
            "The vote is over",
            $"The resolution is {Words<ResolutionStatus>.Of(resolution.Status)}; its stances stay as they were."
        );
}
