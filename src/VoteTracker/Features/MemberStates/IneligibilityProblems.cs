using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>The problems about members that may not vote.</summary>
internal static class IneligibilityProblems
{
    /// <summary>409: the member may not vote on the day of the vote.</summary>
    public static ProblemHttpResult MayNotVote(VoteExclusion exclusion) =>
        exclusion.Reason is null
            ? ConflictTypes.NotAMember.Create(exclusion.MemberState, exclusion.Day)
            : ConflictTypes.Ineligible.Create(
                exclusion.MemberState,
                exclusion.Day,
                EnumWord<IneligibilityReason>.ToWord(exclusion.Reason)
            );

    /// <summary>404: the member has no ineligibility.</summary>
    public static ProblemHttpResult NotEntered(string iso3) =>
        Problems.NotFound($"No ineligibility of {iso3} is entered.");
}
