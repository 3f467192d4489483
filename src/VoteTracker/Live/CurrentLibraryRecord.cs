namespace VoteTracker.Live;

/// <summary>Which entry of the UN Library about a resolution is current. The table `library_record` keeps replaced entries.</summary>
internal static class CurrentLibraryRecord
{
    /// <summary>Joins the newest entry as `l` to a resolution `r`; nulls if there is none.</summary>
    public const string Join = """
        LEFT JOIN library_record l ON l.resolution = r.id AND l.changed_at = (
            SELECT MAX(changed_at) FROM library_record WHERE resolution = r.id
        )
        """;
}
