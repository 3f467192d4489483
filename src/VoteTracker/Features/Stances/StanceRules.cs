using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Who can have a stance.</summary>
internal static class StanceRules
{
    /// <summary>Members have stances; observers and former members do not, nor does a code that nobody has.</summary>
    public static bool HasStance(ReferenceData facts, string iso3) =>
        facts.Roster.Find(iso3) is { Kind: SeatKind.Member };

    /// <summary>Why the state with this code has no stance, and how to fix it.</summary>
    public static string NoStance(ReferenceData facts, string iso3) =>
        facts.Roster.Find(iso3)?.Kind switch
        {
            SeatKind.Observer => $"must be the code of a member; {iso3} is an observer, and an observer has no vote",
            SeatKind.Former => $"must be the code of a member of today; {iso3} is a former member",
            _ => "must be the code of a member of today, ISO 3166-1 alpha-3; "
                + (iso3.Length == 0 ? "it is empty" : $"found {SafeText.Quote(iso3)}"),
        };

    /// <summary>404: the state with the code in the path has no stance.</summary>
    public static ProblemHttpResult NotFound(ReferenceData facts, string iso3) =>
        Problems.NotFound($"iso3 in the path {NoStance(facts, iso3)}.");
}
