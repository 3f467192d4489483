using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Feeds;

/// <summary>
/// Loads the newest entries of the feed. They are cached until the next commit that changes a resolution.
/// </summary>
internal sealed class AtomFeed(Db db, TallyCache live, FeedCrossings crossings, TimeProvider clock)
{
    /// <summary>The most entries.</summary>
    public const int Most = 100;

    private readonly Lock _lock = new();
    private CachedEntries? _cached;

    /// <summary>The possible age of the entries, as of every tally.</summary>
    public TimeSpan? Age => live.Age;

    /// <summary>Loads the newest entries, once for concurrent requests.</summary>
    public Task<IReadOnlyList<FeedEntry>> Load()
    {
        // A date alone can cross the threshold too.
        var state = (live.CommitNumber, NewYork.DayOf(clock.GetUtcNow()));
        lock (_lock)
        {
            if (_cached is not { } cached || cached.State != state || cached.Entries.IsFaulted || live.Age is not null)
            {
                _cached = cached = new CachedEntries(state, Task.Run(LoadNew));
            }
            return cached.Entries;
        }
    }

    private async Task<IReadOnlyList<FeedEntry>> LoadNew()
    {
        var (published, counted, voted) = await db.Read(async connection =>
            (
                (await FeedStore.ListPublished(connection, Most)).ToList(),
                (await FeedStore.ListCounted(connection)).ToList(),
                await FeedStore.ListVoted(connection, Most)
            )
        );
        List<FeedEntry> entries =
        [
            .. published.Select(row => Entry(FeedEvent.Opened, row, row.At, Moments.Text(row.At), sentence: null)),
            .. voted.Select(row =>
                Entry(FeedEvent.Voted, row, MomentOf(row, row.At), key: "", sentence: null) with
                {
                    PublishedAt = MomentOf(row, row.PublishedAt),
                }
            ),
        ];
        entries = Newest(entries);
        foreach (var row in counted)
        {
            // Resolutions are in the order of their last changes, so all that follow crossed nothing later.
            if (entries.Count == Most && row.ChangedAt < entries[^1].At)
            {
                break;
            }
            entries = Newest([.. entries, .. await ListCrossings(row)]);
        }
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Event == FeedEvent.Voted && await live.Get(entries[i].Resolution) is { } snapshot)
            {
                entries[i] = entries[i] with { Sentence = snapshot.Tally.Sentence };
            }
        }
        return entries;
    }

    private async Task<IEnumerable<FeedEntry>> ListCrossings(FeedRow row)
    {
        if (await live.Get(row.Id) is not { } snapshot)
        {
            return [];
        }
        // What happened before the resolution was public stays private.
        return (await crossings.List(row.Id, snapshot.EventId))
            .Where(tally => tally.AsOf > row.At)
            .Select(tally =>
                Entry(
                    tally.Reached == true ? FeedEvent.Reached : FeedEvent.NoLongerReached,
                    row,
                    tally.AsOf,
                    Moments.Text(tally.AsOf),
                    tally.Sentence
                )
            );
    }

    private static DateTimeOffset MomentOf(FeedRow row, DateTimeOffset recordedAt) =>
        row.Origin == "user" ? recordedAt : NewYork.StartOf(row.RecordedOn);

    private static List<FeedEntry> Newest(IEnumerable<FeedEntry> entries) =>
        [
            .. entries
                .OrderByDescending(entry => entry.At)
                .ThenBy(entry => entry.Resolution, StringComparer.Ordinal)
                .ThenByDescending(entry => entry.Event)
                .Take(Most),
        ];

    private static FeedEntry Entry(FeedEvent kind, FeedRow row, DateTimeOffset at, string key, Sentence? sentence) =>
        new()
        {
            Event = kind,
            Resolution = row.Id,
            Symbol = row.Symbol,
            Title = row.Title,
            At = at,
            PublishedAt = at,
            Key = key,
            Sentence = sentence,
        };

    private sealed record CachedEntries((long, DateOnly) State, Task<IReadOnlyList<FeedEntry>> Entries);
}
