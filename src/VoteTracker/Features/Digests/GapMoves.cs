using VoteTracker.Features.Gaps;

namespace VoteTracker.Features.Digests;

/// <summary>Compares the gaps of a resolution at two moments.</summary>
internal static class GapMoves
{
    /// <summary>Lists the gaps that only the first list has, the largest effect first. A state has a kind of gap once.</summary>
    public static IReadOnlyList<GapMove> ListMissing(IReadOnlyList<StateGaps> states, IReadOnlyList<StateGaps> others)
    {
        var known = others
            .SelectMany(state => state.Gaps.Select(gap => (state.MemberState, gap.Kind)))
            .ToHashSet();
        return
        [
            .. states
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
                )
                .OrderByDescending(move => move.Effect)
                .ThenBy(move => move.MemberState, StringComparer.Ordinal)
                .ThenBy(move => move.Kind),
        ];
    }
}
