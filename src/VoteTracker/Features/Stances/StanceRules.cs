using VoteTracker.Live;
using VoteTracker.Voting;

namespace VoteTracker.Features.Stances;

/// <summary>Who can have a stance.</summary>
internal static class StanceRules
{
    /// <summary>Members have stances; observers and former members do not, nor does a code that nobody has.</summary>
    public static bool HasStance(Facts facts, string iso3) => facts.Roster.Find(iso3) is { Kind: SeatKind.Member };
}
