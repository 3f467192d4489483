namespace VoteTracker.Voting.Rules;

/// <summary>The order in which a resolution and its parts are put to the vote.</summary>
public static class VotingOrder
{
    /// <summary>
    /// The place of a kind in that order: motions before the draft that they concern (rule 77), amendments before the
    /// proposal (rule 90), separate parts before the remaining proposal as a whole (rule 89).
    /// </summary>
    public static int IndexOf(ResolutionKind kind) =>
        kind switch
        {
            ResolutionKind.Motion => 0,
            ResolutionKind.Amendment => 1,
            ResolutionKind.Paragraph => 2,
            _ => 3,
        };
}
