using System.Data.Common;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>The history of a resolution as states and tallies, the oldest first.</summary>
internal sealed class TallyTimeline
{
    private readonly ResolutionHistory _history;
    private readonly ReferenceData _referenceData;

    private TallyTimeline(ResolutionHistory history, ReferenceData referenceData) =>
        (_history, _referenceData) = (history, referenceData);

    /// <summary>The moment when the resolution was opened.</summary>
    public DateTimeOffset StartsAt => _history.StartsAt;

    /// <summary>Loads the history; null if the resolution does not exist.</summary>
    public static async Task<TallyTimeline?> Load(DbConnection connection, ReferenceData referenceData, string id) =>
        await ResolutionHistory.Load(connection, id) is { } history ? new TallyTimeline(history, referenceData) : null;

    /// <summary>The part of a timeline that a caller sees. What only certainties move is for viewers and up.</summary>
    /// <param name="caller">A caller that sees the resolution.</param>
    /// <param name="visibility">The current visibility of the resolution, which also decides about its past.</param>
    /// <param name="basis">The current basis of the resolution.</param>
    /// <param name="counting">Which stances are counted as recorded.</param>
    public static TimelinePart PartFor(
        Caller caller,
        Visibility visibility,
        Basis basis,
        Counting counting = Counting.All
    ) =>
        (counting == Counting.All ? caller.SeesPositions(visibility) : caller.May(Right.SeeStances)) ? TimelinePart.All
        : basis is Basis.RecordedVotes or Basis.Announced ? TimelinePart.FromVote
        : TimelinePart.None;

    /// <summary>The standings at the first moment and at each later change.</summary>
    /// <param name="part">The part that the caller sees.</param>
    /// <param name="from">The first moment; the opening if it is null or earlier.</param>
    /// <param name="to">The last moment.</param>
    public IEnumerable<Standings> ListStandings(TimelinePart part, DateTimeOffset? from, DateTimeOffset to) =>
        StateReplay
            .Run(_history, _referenceData, from > StartsAt ? from.Value : StartsAt, to)
            .Where(standings =>
                part == TimelinePart.All
                || part == TimelinePart.FromVote && standings.Basis is Basis.RecordedVotes or Basis.Announced
            );

    /// <summary>The tally at the first moment and at each moment that changed it.</summary>
    /// <param name="part">The part that the caller sees.</param>
    /// <param name="from">The first moment; the opening if it is null or earlier.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="counting">Which stances are counted as recorded.</param>
    /// <param name="step">If it is set, only the last change of each step, counted from the first moment.</param>
    /// <param name="after">If it is set, only the tallies after this moment, which was the last of a page.</param>
    public IEnumerable<Tally> List(
        TimelinePart part,
        DateTimeOffset? from,
        DateTimeOffset to,
        Counting counting = Counting.All,
        TimeStep? step = null,
        DateTimeOffset? after = null
    )
    {
        var start = from > StartsAt ? from.Value : StartsAt;
        var changes = Timeline.Changes(
            ListStandings(part, after ?? start, to).Select(standings => Tally.FromStandings(standings, counting))
        );
        if (step is { } length)
        {
            // Within a step, the tally may have changed back.
            changes = Timeline.Changes(Timeline.TakeLastOfStep(changes, moment => length.IndexOf(moment, start)));
        }
        return after is null ? changes : changes.Where(tally => tally.AsOf > after);
    }
}

/// <summary>The part of a timeline that a caller sees.</summary>
internal enum TimelinePart
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What follows the recorded vote.</summary>
    FromVote,

    /// <summary>All of it.</summary>
    All,
}
