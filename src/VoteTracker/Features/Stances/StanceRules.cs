using VoteTracker.Endpoints.Text;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Which states can have a stance.</summary>
internal static class StanceRules
{
    /// <summary>Whether a code is that of a member. Observers and former members have no stances.</summary>
    public static bool HasStance(ReferenceData referenceData, string iso3) =>
        referenceData.Roster.Find(iso3) is { Kind: SeatKind.Member };

    /// <summary>Describes why no state with this code has a stance, and how to fix it.</summary>
    public static string DescribeNoStance(ReferenceData referenceData, string iso3) =>
        referenceData.Roster.Find(iso3)?.Kind switch
        {
            SeatKind.Observer => $"must be the code of a member; {iso3} is an observer, and an observer has no vote",
            SeatKind.Former => $"must be the code of a member of today; {iso3} is a former member",
            _ => "must be the code of a member of today, ISO 3166-1 alpha-3; "
                + (iso3.Length == 0 ? "it is empty" : $"found {SafeText.Quote(iso3)}"),
        };
}
