using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>Which gaps a list has; null for all.</summary>
internal sealed record GapFilter
{
    /// <summary>The parameter with the kinds.</summary>
    public static readonly TextParameter KindParameter = new(
        "kind",
        $"Only gaps of these kinds, separated by commas, and the states that have one: {string.Join(", ", EnumWord<GapKind>.All)}.",
        "never-contacted,overdue-task"
    );

    /// <summary>The kinds of gaps.</summary>
    public IReadOnlySet<GapKind>? Kinds { get; init; }

    /// <summary>The label of the assignee of the state.</summary>
    public string? Assignee { get; init; }

    /// <summary>The key of a group that the state is in.</summary>
    public string? Group { get; init; }

    /// <summary>Reads the kinds; null if the parameter is missing or wrong.</summary>
    public static IReadOnlySet<GapKind>? ReadKinds(Query query)
    {
        if (query.Read(KindParameter) is not { } text)
        {
            return null;
        }
        var kinds = new HashSet<GapKind>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (EnumWord<GapKind>.TryParse(word, out var kind))
            {
                kinds.Add(kind);
                continue;
            }
            query.Wrong(
                KindParameter,
                UnknownName.Describe(
                    $"must be kinds of gaps, separated by commas; found {SafeText.Quote(word)}",
                    word,
                    EnumWord<GapKind>.All
                )
            );
            return null;
        }
        return kinds;
    }

    /// <summary>The states that pass the filter, with the gaps that pass it.</summary>
    /// <param name="states">The states.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="day">The day that decides the members of groups.</param>
    public IEnumerable<StateGaps> Apply(IEnumerable<StateGaps> states, Groups groups, DateOnly day) =>
        states
            .Where(state => Assignee is null || state.Assignee == Assignee)
            .Where(state => Group is null || groups.ListFor(state.MemberState, day).Contains(Group))
            .Select(state =>
                Kinds is null ? state : state with { Gaps = [.. state.Gaps.Where(gap => Kinds.Contains(gap.Kind))] }
            )
            .Where(state => state.Gaps.Count > 0);
}
