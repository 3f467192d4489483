namespace VoteTracker.Endpoints.Errors;

/// <summary>The conditions (412) that failed for a part of a request; <see cref="ProblemTypes"/> has those of one resource.</summary>
internal static class ConditionTypes
{
    public static readonly ProblemType StanceChanged = new(
        "version-conflict",
        412,
        "The resource has changed",
        "The current version of the stance is {0}. Compare it with the position that was heard, and send the request again with {0} as stance.version.",
        "7"
    );

    public static readonly ProblemType ListChanged = new(
        "list-changed",
        412,
        "The data has changed since the dry run",
        "Nothing was changed. Other requests have changed what these lines change: {0}. Send the list with dryRun=true again, and then with the new ETag.",
        "NOR (line 2)"
    );

    public static readonly ProblemType ListRestored = new(
        "list-changed",
        412,
        "The data has changed since the dry run",
        "Nothing was changed. The database was restored from a backup after the dry run. Send the list with dryRun=true again, and then with the new ETag."
    );
}
