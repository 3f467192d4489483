using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>
/// What of a resolution is public. A roll call makes the record public (resolution, roll call, tally and breakdown of
/// recorded votes), never the stances before it: they keep the resolution's visibility.
/// </summary>
internal static class Access
{
    /// <summary>The resolution itself, its tally and breakdown as they stand.</summary>
    public static bool SeesResolution(this Caller caller, Visibility visibility, Basis basis) =>
        caller.IsViewer || visibility != Visibility.Private || basis is Basis.RecordedVotes or Basis.Announced;

    /// <summary>Who has signed as co-sponsor.</summary>
    public static bool SeesCoSponsors(this Caller caller, Visibility visibility) =>
        caller.IsViewer || visibility != Visibility.Private;

    /// <summary>Who stands where now.</summary>
    public static bool SeesPositions(this Caller caller, Visibility visibility) =>
        caller.IsViewer || visibility == Visibility.Positions;
}
