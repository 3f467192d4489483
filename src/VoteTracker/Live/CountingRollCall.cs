namespace VoteTracker.Live;

/// <summary>Which of the roll calls of a resolution counts, as conditions on a row `c` of the table `roll_call`.</summary>
internal static class CountingRollCall
{
    /// <summary>
    /// In the record: of each resolution the newest of the Library or, with `@WithCampaign` and without one of the
    /// Library, the newest of the campaign.
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
    /// In the record as it was known at the moment `@knownUntil`: the newest of the Library and, with `@WithCampaign`,
    /// also the newest of the campaign.
    /// </summary>
    public const string OfSourceThen = """
        c.changed_at <= @knownUntil AND (c.removed_at IS NULL OR c.removed_at > @knownUntil)
            AND (c.source = 'library' OR @WithCampaign)
            AND c.version = (
                SELECT MAX(version) FROM roll_call
                WHERE resolution = c.resolution AND source = c.source AND changed_at <= @knownUntil
            )
        """;

    /// <summary>For the resolution itself as it was known at the moment `@knownUntil`: the newest, from either source.</summary>
    public const string OfResolutionThen = """
        c.version = (
            SELECT MAX(version) FROM roll_call
            WHERE resolution = c.resolution AND changed_at <= @knownUntil
                AND (removed_at IS NULL OR removed_at > @knownUntil)
        )
        """;
}
