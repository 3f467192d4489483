namespace VoteTracker.Live;

/// <summary>
/// Which roll call of a resolution is current, as the end of a query of the table `roll_call`. The table keeps replaced and
/// removed roll calls for the past.
/// </summary>
/// <remarks>
/// After `WHERE resolution = …`, the first group selects the newest roll call with one index lookup. A view made the list of
/// 4,654 resolutions 1.6 times slower (11.5 ms, not 7.2 ms). The second group has conditions on a row `c`, for queries of
/// many resolutions.
/// </remarks>
internal static class CurrentRollCall
{
    /// <summary>The current roll call, from either source.</summary>
    public const string Newest = "removed_at IS NULL ORDER BY version DESC LIMIT 1";

    /// <summary>The roll call that was current at the moment `@knownUntil`, from either source.</summary>
    public const string NewestThen =
        "changed_at <= @knownUntil AND (removed_at IS NULL OR removed_at > @knownUntil) ORDER BY version DESC LIMIT 1";

    /// <summary>The newest roll call of the UN's record, which is never removed.</summary>
    public const string NewestOfLibrary = "source = 'library' ORDER BY version DESC LIMIT 1";

    /// <summary>
    /// In the record: of each resolution the newest of the UN's record or, with `@WithCampaign` and if the UN's record has
    /// none, the newest of the campaign.
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
    /// In the record as of the moment `@knownUntil`: the newest of the UN's record and, with `@WithCampaign`, also the
    /// newest of the campaign.
    /// </summary>
    public const string OfSourceThen = """
        c.changed_at <= @knownUntil AND (c.removed_at IS NULL OR c.removed_at > @knownUntil)
            AND (c.source = 'library' OR @WithCampaign)
            AND c.version = (
                SELECT MAX(version) FROM roll_call
                WHERE resolution = c.resolution AND source = c.source AND changed_at <= @knownUntil
            )
        """;

    /// <summary>For the resolution itself as of the moment `@knownUntil`: the newest, from either source.</summary>
    public const string OfResolutionThen = $"""
        c.version = (SELECT version FROM roll_call WHERE resolution = c.resolution AND {NewestThen})
        """;
}
