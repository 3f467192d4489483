using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Briefs;

/// <summary>The problems of briefs.</summary>
internal static class BriefProblems
{
    /// <summary>404 if the code is not that of a current member or observer; null if it is.</summary>
    public static ProblemHttpResult? FindFault(ReferenceData referenceData, string iso3) =>
        referenceData.Roster.Find(iso3) switch
        {
            { Kind: SeatKind.Former, Membership.Until: { } until } => Problems.NotFound(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{iso3} was a member until {until:O}. There are briefs of current members and observers."
                )
            ),
            { Kind: not SeatKind.Former } => null,
            _ => Problems.NoState(iso3),
        };
}
