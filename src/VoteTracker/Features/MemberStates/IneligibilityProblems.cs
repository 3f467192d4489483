using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.MemberStates;

/// <summary>The problems about members that may not vote.</summary>
internal static class IneligibilityProblems
{
    /// <summary>409: the member may not vote on the day of the vote.</summary>
    public static ProblemHttpResult MayNotVote(VoteExclusion exclusion) =>
        exclusion.Reason is null
            ? Problems.Conflict("not-a-member", "Not a member on that day", exclusion.Detail)
            : Ineligible(exclusion.Detail);

    /// <summary>409: the member is ineligible on the day of the vote.</summary>
    public static ProblemHttpResult Ineligible(string detail) =>
        Problems.Conflict("ineligible", "The member may not vote on that day", detail);

    /// <summary>404: the member has no ineligibility.</summary>
    public static ProblemHttpResult NotEntered(string iso3) =>
        Problems.NotFound($"No ineligibility of {iso3} is entered.");
}
