namespace VoteTracker.Endpoints.Errors;

/// <summary>The conflicts (409) while a vote is entered; <see cref="ConflictTypes"/> has the others.</summary>
internal static class VoteDayConflictTypes
{
    public static readonly ProblemType VoteIsRecorded = new(
        "vote-is-over",
        409,
        "The vote is over",
        "The resolution is {0}, and its vote is recorded. Remove the roll call of the campaign before you enter votes again.",
        "adopted"
    );

    public static readonly ProblemType VoteDayStatus = new(
        "vote-day-status",
        409,
        "The vote day has another status",
        "The status of the vote day is {0}. {1}",
        "proposed",
        "Reopen it before you change it."
    );

    public static readonly ProblemType VotesMissing = new(
        "votes-missing",
        409,
        "Some members have no entry",
        "Members that may vote and have no entry: {0}. Enter their votes. With missingIsNonVoting=true they become non-voting.",
        "12"
    );

    public static readonly ProblemType TotalsDiffer = new(
        "totals-differ",
        409,
        "The votes differ from the announced totals",
        "Announced minus entered: {0}. Correct the votes or the announced totals. With acceptDifference=true both are saved.",
        "yes +1, abstain -1"
    );

    public static readonly ProblemType SamePerson = new(
        "same-person",
        409,
        "A second person must confirm the result",
        "The key '{0}' proposed the result, so another key must confirm it. The setting VoteDayConfirmation=false removes this rule.",
        "coordinator 1"
    );

    public static readonly ProblemType IneligibleVote = new(
        "ineligible",
        409,
        "The member may not vote on that day",
        "{0} may not vote on {1:O} ({2}). If the board shows its vote, send acceptIneligible=true.",
        "VEN",
        "2026-12-04",
        "article-19"
    );
}
