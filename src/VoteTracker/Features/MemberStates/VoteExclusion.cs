using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Why a member state may not vote on a day.</summary>
internal sealed record VoteExclusion
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The reason of the ineligibility; null if the state is not a member on that day.</summary>
    public required IneligibilityReason? Reason { get; init; }

    /// <summary>The same as a sentence.</summary>
    public string Detail =>
        Reason is null
            ? $"{MemberState} is not a member on {Day:O}, the day of the vote."
            : $"{MemberState} may not vote on {Day:O} ({EnumWord<IneligibilityReason>.ToWord(Reason)}). When that ends, a coordinator changes its ineligibility.";

    /// <summary>Finds why a member may not vote on a day, from its entered ineligibility; null if it may vote.</summary>
    public static VoteExclusion? Find(Seat seat, DateOnly day, Spell? ineligible, IneligibilityReason? reason)
    {
        var isMember = seat.IsMemberOn(day);
        return isMember && ineligible?.Contains(day) != true
            ? null
            : new VoteExclusion
            {
                MemberState = seat.Iso3,
                Day = day,
                Reason = isMember ? reason : null,
            };
    }
}
