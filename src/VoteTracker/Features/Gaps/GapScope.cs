using VoteTracker.Features.Engagements;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>The part of the records that gaps are found in: of a resolution, as of a moment, for a caller.</summary>
/// <param name="Resolution">The resolution's id.</param>
/// <param name="Caller">The caller, who does not see every confidential engagement.</param>
/// <param name="At">The moment.</param>
/// <param name="Version">The resolution's version at the moment.</param>
/// <param name="Iso3">The code of the only state that is loaded; all if it is null.</param>
internal sealed record GapScope(string Resolution, Caller Caller, DateTimeOffset At, long Version, string? Iso3)
{
    /// <summary>The day in New York at the moment.</summary>
    public DateOnly Today => NewYork.DayOf(At);

    /// <summary>The moment after which reports are recent.</summary>
    public DateTimeOffset ReportsSince => At.AddDays(-GapRules.DaysOfReports);

    /// <summary>The values of the conditions in SQL.</summary>
    public object Values =>
        new
        {
            Resolution,
            At,
            Version,
            Today,
            Iso3,
            Caller.Label,
            ReportsSince,
        };

    /// <summary>
    /// In SQL: an engagement `e` about the resolution or about none, recorded by then, that the caller sees. Its current
    /// state counts, also for a moment in the past.
    /// </summary>
    public string IsEngagement =>
        $"(e.resolution IS NULL OR e.resolution = @Resolution) AND e.created_at <= @At AND {StateEngagement.VisibleTo(Caller, "e.confidential", "e.created_by")}";

    /// <summary>In SQL: the state of a column is loaded.</summary>
    public string IsLoaded(string column) => Iso3 is null ? "TRUE" : $"{column} = @Iso3";
}
