using System.Collections.Concurrent;
using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Feeds;

/// <summary>
/// Finds when each resolution crossed the threshold. The first request replays the history of a resolution. After a change,
/// only the moments since the last one are counted, because the past does not change.
/// </summary>
internal sealed class FeedCrossings(Db db, ReferenceData referenceData, TimeProvider clock)
{
    // A moment is counted in about a millisecond; a replay of many changes is faster.
    private const int MostMoments = 50;

    private readonly ConcurrentDictionary<string, Crossed> _crossed = new(StringComparer.Ordinal);

    /// <summary>Lists the tallies that crossed the threshold, the oldest first, and at most as many as a feed has.</summary>
    /// <param name="id">The resolution's id.</param>
    /// <param name="state">The name of its current state.</param>
    public async Task<IReadOnlyList<Tally>> List(string id, string state)
    {
        if (!_crossed.TryGetValue(id, out var crossed) || crossed.State != state)
        {
            crossed = await db.Read(connection => Load(connection, id, state, crossed));
            _crossed[id] = crossed;
        }
        return crossed.Crossings;
    }

    private async Task<Crossed> Load(DbConnection connection, string id, string state, Crossed? last)
    {
        var incarnation = await Incarnation.FindFirstVersion(connection);
        var openedAt = await FeedStore.FindOpening(connection, id);
        if (openedAt is null)
        {
            return new Crossed(state, incarnation, default, null, []);
        }
        // After a restore, or if the id belongs to another resolution, it is counted from the start.
        last = last?.Incarnation == incarnation && last.OpenedAt == openedAt ? last : null;
        var next = last?.Tally is null ? null : await CountSince(connection, id, last.Tally.AsOf);
        if (next is null)
        {
            last = null;
            next = (await TallyTimeline.Load(connection, referenceData, id))
                ?.ListStandings(TimelinePart.All, from: null, clock.Moment())
                .Select(standings => Tally.FromStandings(standings));
        }
        var crossings = last?.Crossings.ToList() ?? [];
        var before = last?.Tally;
        foreach (var tally in next ?? [])
        {
            if (Crossings.Between(before, tally) is not null)
            {
                crossings.Add(tally);
            }
            before = tally;
        }
        return new Crossed(state, incarnation, openedAt, before, [.. crossings.TakeLast(AtomFeed.Most)]);
    }

    // Null if there are too many moments. The last moment is counted again: another change can have it too.
    private async Task<IEnumerable<Tally>?> CountSince(DbConnection connection, string id, DateTimeOffset last)
    {
        var now = clock.Moment();
        var days = NewYork.DayOf(now).DayNumber - NewYork.DayOf(last).DayNumber;
        if (days > MostMoments)
        {
            return null;
        }
        var changes = await FeedStore.ListMoments(connection, id, last, MostMoments + 1);
        // A date alone can change which members may vote.
        var midnights = Enumerable.Range(1, days).Select(day => NewYork.StartOf(NewYork.DayOf(last).AddDays(day)));
        SortedSet<DateTimeOffset> moments = [.. changes, .. midnights];
        if (moments.Count > MostMoments)
        {
            return null;
        }
        var tallies = new List<Tally>();
        foreach (var moment in moments)
        {
            if (await StateReader.LoadAsOf(connection, referenceData, id, moment) is { } standings)
            {
                tallies.Add(Tally.FromStandings(standings));
            }
        }
        return tallies;
    }

    // The crossings until a state, and the last tally that was counted.
    private sealed record Crossed(
        string State,
        long Incarnation,
        DateTimeOffset? OpenedAt,
        Tally? Tally,
        IReadOnlyList<Tally> Crossings
    );
}
