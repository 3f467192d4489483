using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>
/// What a caller may see of a resolution. A roll call makes the resolution, its tally and its breakdown public. It does
/// not publish the stances, which keep the resolution's visibility.
/// </summary>
internal static class Access
{
    /// <summary>The resolution itself, its current tally and its breakdown.</summary>
    public static bool SeesResolution(this Caller caller, string id, Visibility visibility, Basis basis) =>
        visibility != Visibility.Private || basis is Basis.RecordedVotes or Basis.Announced || caller.SeesAlways(id);

    /// <summary>The co-sponsors that have signed.</summary>
    public static bool SeesCoSponsors(this Caller caller, Visibility visibility) =>
        visibility != Visibility.Private || caller.May(Right.SeeCoSponsors);

    /// <summary>The current position of each member, and the moves from one position to another.</summary>
    public static bool SeesPositions(this Caller caller, Visibility visibility) =>
        visibility == Visibility.Positions || caller.May(Right.SeeStances);
}
