namespace VoteTracker.Voting.Dependence;

/// <summary>How the votes of members depend on each other in a forecast.</summary>
public enum VoteDependence
{
    /// <summary>As in the record: members that moved together in past roll calls do so again.</summary>
    Record,

    /// <summary>The members of a regional group move together, with the correlation of `blocShock`.</summary>
    Bloc,

    /// <summary>Members vote independently of each other.</summary>
    None,
}
