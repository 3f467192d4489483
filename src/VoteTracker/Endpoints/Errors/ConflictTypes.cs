namespace VoteTracker.Endpoints.Errors;

/// <summary>The conflicts (409) that the service returns; <see cref="ProblemTypes"/> has the other problems.</summary>
internal static class ConflictTypes
{
    public static readonly ProblemType VoteIsOver = new(
        "vote-is-over",
        409,
        "The vote is over",
        "The resolution is {0}. Its stances can no longer be changed.",
        "adopted"
    );

    public static readonly ProblemType NothingMissing = new(
        "vote-is-over",
        409,
        "The vote is over",
        "The resolution is {0}. Nothing is missing after the vote.",
        "adopted"
    );

    public static readonly ProblemType LinesConflict = new(
        "lines-conflict",
        409,
        "Some lines conflict with the current data",
        "Nothing was changed. Compare these lines with the current stances, correct or remove them, and send the table again: {0}.",
        "NOR (line 2)"
    );

    public static readonly ProblemType ListLinesConflict = new(
        "lines-conflict",
        409,
        "Some lines conflict with the current data",
        "Nothing was changed. Compare these lines with the current data, correct or remove them, and send the table again: {0}.",
        "NOR (line 2)"
    );

    public static readonly ProblemType TooManyChanges = new(
        "too-many-changes",
        409,
        "The list changes more than max allows",
        "Nothing was changed. {0} lines of the list change something, and max allows {1}. Check the list with dryRun=true, or send a higher max.",
        "57",
        "20"
    );

    public static readonly ProblemType ChangedSince = new(
        "changed-since",
        409,
        "Some stances have changed since the import",
        "Nothing was changed. These stances have changed since the import, or cannot be restored: {0}. With skipChanged=true they stay as they are.",
        "NOR, ZAF"
    );

    public static readonly ProblemType ImportReverted = new(
        "import-reverted",
        409,
        "The import is already reverted",
        "{0} reverted the import '{1}' at {2:u}. Nothing was changed.",
        "coordinator 1",
        "m4tq8zr2ykwd",
        "2026-11-21 22:10:00Z"
    );

    public static readonly ProblemType HasHistory = new(
        "has-history",
        409,
        "The resolution has a history",
        "'{0}' cannot be deleted, because it has {1}. Set its status to withdrawn instead.",
        "es-10-l-34",
        "2 stances, 1 co-sponsor"
    );

    public static readonly ProblemType NotAMember = new(
        "not-a-member",
        409,
        "Not a member on that day",
        "{0} is not a member on {1:O}, the day of the vote.",
        "SSD",
        "2010-11-30"
    );

    public static readonly ProblemType Ineligible = new(
        "ineligible",
        409,
        "The member may not vote on that day",
        "{0} may not vote on {1:O} ({2}). A coordinator can end its ineligibility.",
        "VEN",
        "2026-12-04",
        "article-19"
    );

    public static readonly ProblemType IneligibleInForecast = new(
        "ineligible",
        409,
        "The member may not vote on that day",
        "{0} could not vote when the forecast was computed. Send the request again.",
        "VEN"
    );

    public static readonly ProblemType LabelTaken = new(
        "label-taken",
        409,
        "Another key has this label",
        "Every key needs its own label, and a revoked key keeps its label. Choose another one, for example with a number."
    );

    public static readonly ProblemType KeyNotValid = new(
        "key-not-valid",
        409,
        "The key is no longer valid",
        "The key has expired or was revoked, so no key can replace it. Create a key with another label."
    );

    public static readonly ProblemType KeyReplaced = new(
        "key-replaced",
        409,
        "The key was already replaced",
        "The key '{0}' has replaced it. Replace that key instead.",
        "h4vz8c3jpw6d"
    );

    public static readonly ProblemType TooManyShareLinks = new(
        "too-many-share-links",
        409,
        "The resolution has too many share links",
        "{0} share links of this resolution are valid, which is the most. Revoke one, or wait until one expires.",
        "1000"
    );

    public static readonly ProblemType DuplicateId = new(
        "duplicate-id",
        409,
        "The id is taken",
        "The resolution '{0}' already exists. Choose another id.",
        "es-10-l-34"
    );

    public static readonly ProblemType ParentLoop = new(
        "parent-loop",
        409,
        "The resolution would contain itself",
        "'{0}' would be its own parent. Choose another parent, or none.",
        "es-10-l-34"
    );

    public static readonly ProblemType StatusOfVote = new(
        "status",
        409,
        "The status contradicts the record",
        "The vote is recorded. The status must be adopted or not-adopted."
    );

    public static readonly ProblemType StatusWithoutVote = new(
        "status",
        409,
        "The status contradicts the record",
        "No vote is recorded. Record the roll call, which sets the status."
    );

    public static readonly ProblemType NoVote = new(
        "no-vote",
        409,
        "There was no vote",
        "The resolution is {0}. Set another status before you record a vote.",
        "withdrawn"
    );

    public static readonly ProblemType LibraryRollCall = new(
        "library-roll-call",
        409,
        "The roll call is part of the UN's record",
        "The roll call of '{0}' comes from the UN's record and cannot be removed. Only a roll call that the campaign entered can be removed.",
        "es-10-27"
    );

    public static readonly ProblemType ImportRunning = new(
        "import-running",
        409,
        "Another import is running",
        "Only one file is imported at a time. Send it again when that import has ended."
    );

    public static readonly ProblemType ImportEnded = new(
        "import-ended",
        409,
        "The import has ended",
        "The import ended as {0} before it could be cancelled.",
        "done"
    );

    public static readonly ProblemType StillRunning = new(
        "still-running",
        409,
        "The first request is still running",
        "A request with this Idempotency-Key is being processed. Send it again in a moment to get its response."
    );
}
