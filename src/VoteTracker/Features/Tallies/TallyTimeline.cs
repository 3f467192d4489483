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

    /// <summary>Whether a caller that sees the resolution sees a part of its timeline.</summary>
    public static bool IsVisibleTo(Caller caller, Resolution resolution) => IsVisibleTo(caller, resolution.Basis);

    /// <summary>Whether a caller that sees a resolution with this basis sees a part of its timeline.</summary>
    public static bool IsVisibleTo(Caller caller, Basis basis) =>
        caller.May(Right.SeeStances) || basis is Basis.RecordedVotes or Basis.Announced;

    /// <summary>The standings at the first moment and at each later change, without those that the caller may not see.</summary>
    /// <param name="caller">The caller. Without a key, the timeline begins with the recorded vote.</param>
    /// <param name="from">The first moment; the opening if it is null or earlier.</param>
    /// <param name="to">The last moment.</param>
    public IEnumerable<Standings> ListStandings(Caller caller, DateTimeOffset? from, DateTimeOffset to) =>
        StateReplay
            .Run(_history, _referenceData, from > StartsAt ? from.Value : StartsAt, to)
            .Where(standings => PastCount.Sees(caller, standings));

    /// <summary>The tally at the first moment and at each moment that changed it.</summary>
    /// <param name="caller">The caller. Without a key, the timeline begins with the recorded vote.</param>
    /// <param name="from">The first moment; the opening if it is null or earlier.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="counting">Which stances are counted as recorded.</param>
    /// <param name="step">If it is set, only the last change of each step, counted from the first moment.</param>
    /// <param name="after">If it is set, only the tallies after this moment, which was the last of a page.</param>
    public IEnumerable<Tally> List(
        Caller caller,
        DateTimeOffset? from,
        DateTimeOffset to,
        Counting counting = Counting.All,
        TimeStep? step = null,
        DateTimeOffset? after = null
    )
    {
        var start = from > StartsAt ? from.Value : StartsAt;
        var changes = Timeline.Changes(
            ListStandings(caller, after ?? start, to).Select(standings => Tally.FromStandings(standings, counting))
        );
        if (step is { } length)
        {
            // Within a step, the tally may have changed back.
            changes = Timeline.Changes(Timeline.TakeLastOfStep(changes, moment => length.IndexOf(moment, start)));
        }
        return after is null ? changes : changes.Where(tally => tally.AsOf > after);
    }
}
