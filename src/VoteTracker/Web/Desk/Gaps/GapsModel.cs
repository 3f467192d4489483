using VoteTracker.Features.Gaps;
using VoteTracker.Features.Resolutions;

namespace VoteTracker.Web.Desk.Gaps;

/// <summary>Which gaps the page shows. A property that is null selects all.</summary>
public sealed record GapSelection
{
    /// <summary>The resolution's id.</summary>
    public required string? Resolution { get; init; }

    /// <summary>Only states with a gap of this kind.</summary>
    public required GapKind? Kind { get; init; }

    /// <summary>Only states of this team member.</summary>
    public required string? Assignee { get; init; }

    /// <summary>Only states of this group.</summary>
    public required string? Group { get; init; }
}

/// <summary>What the page of gaps shows.</summary>
public sealed record GapsModel
{
    /// <summary>Whether the role of the reader may see gaps.</summary>
    public required bool MayRead { get; init; }

    /// <summary>The resolution; null if none is open.</summary>
    public required Resolution? Resolution { get; init; }

    /// <summary>What the reader selected.</summary>
    public required GapSelection Filter { get; init; }

    /// <summary>The open resolutions, the newest first.</summary>
    public required IReadOnlyList<Resolution> Open { get; init; }

    /// <summary>Every state with a gap, in their order.</summary>
    public required IReadOnlyList<StateGaps> All { get; init; }

    /// <summary>The groups of each of these states.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; }

    /// <summary>The states of the filter, without its kind: the counts of the kinds are of these.</summary>
    public required IReadOnlyList<StateGaps> Selected { get; init; }

    /// <summary>The states of the filter.</summary>
    public IReadOnlyList<StateGaps> Shown =>
        Filter.Kind is { } kind ? [.. Selected.Where(state => state.Gaps.Any(gap => gap.Kind == kind))] : Selected;

    /// <summary>The team members to whom states are assigned, and the one that the reader selected.</summary>
    public IReadOnlyList<string> Assignees =>
        [
            .. All.Select(state => state.Assignee)
                .Append(Filter.Assignee)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
}
