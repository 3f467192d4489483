namespace VoteTracker.Live;

/// <summary>Conditions that select the roll call that is counted, on a row `c` of the table `roll_call`.</summary>
internal static class CountingRollCall
{
    /// <summary>
    /// In the record: for each resolution, the newest roll call of the Library. If there is none, and with `@WithCampaign`,
    /// the newest one of the campaign.
    /// </summary>
    public const string OfSource = """
        c.version = (
            SELECT n.version FROM roll_call n
            WHERE n.resolution = c.resolution AND n.removed_at IS NULL AND (n.source = 'library' OR @WithCampaign)
            ORDER BY n.source DESC, n.version DESC
            LIMIT 1
        )
        """;

    /// <summary>
    /// In the record as of the moment `@knownUntil`: the newest roll call of the Library. With `@WithCampaign`, also the newest
    /// one of the campaign.
    /// </summary>
    public const string OfSourceThen = """
        c.changed_at <= @knownUntil AND (c.removed_at IS NULL OR c.removed_at > @knownUntil)
            AND (c.source = 'library' OR @WithCampaign)
            AND c.version = (
                SELECT MAX(version) FROM roll_call
                WHERE resolution = c.resolution AND source = c.source AND changed_at <= @knownUntil
            )
        """;

    /// <summary>For the resolution itself as of the moment `@knownUntil`: the newest roll call of either source.</summary>
    public const string OfResolutionThen = """
        c.version = (
            SELECT MAX(version) FROM roll_call
            WHERE resolution = c.resolution AND changed_at <= @knownUntil
                AND (removed_at IS NULL OR removed_at > @knownUntil)
        )
        """;
}
