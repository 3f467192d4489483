using VoteTracker.Features.Gaps;
using VoteTracker.Localization;

namespace VoteTracker.Features.Digests;

/// <summary>Compares the gaps of a resolution at two moments.</summary>
internal static class GapMoves
{
    /// <summary>Lists the gaps that only the first list has, in the order of the list of gaps. A state has a kind of gap once.</summary>
    public static IReadOnlyList<GapMove> ListMissing(
        IReadOnlyList<StateGaps> states,
        IReadOnlyList<StateGaps> others,
        Language language
    )
    {
        var known = others.SelectMany(state => state.Gaps.Select(gap => (state.MemberState, gap.Kind))).ToHashSet();
        return
        [
            .. GapLoader
                .Order(states, language)
                .SelectMany(state =>
                    state
                        .Gaps.Where(gap => !known.Contains((state.MemberState, gap.Kind)))
                        .Select(gap => new GapMove
                        {
                            MemberState = state.MemberState,
                            Assignee = state.Assignee,
                            Effect = state.Effect,
                            Kind = gap.Kind,
                            Since = gap.Since,
                            Detail = gap.Detail,
                        })
                ),
        ];
    }
}
