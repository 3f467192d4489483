using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;

namespace VoteTracker.Web;

/// <summary>
/// Caches the pages of snapshots for callers without a key. A page is rendered once for each snapshot and language, and
/// again after some seconds, because it also shows amendments, which have snapshots of their own.
/// </summary>
internal sealed class PageCache(TimeProvider clock)
{
    private const int MaxPagesOfSnapshot = 24;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    // The pages of a snapshot are released with it.
    private readonly ConditionalWeakTable<TallySnapshot, ConcurrentDictionary<string, Page>> _pages = [];

    /// <summary>Whether a page is cached, so that it costs no read of the database.</summary>
    public bool Has(TallySnapshot snapshot, string name) =>
        _pages.TryGetValue(snapshot, out var pages)
        && pages.TryGetValue(name, out var page)
        && clock.GetUtcNow() - page.RenderedAt <= Lifetime;

    /// <summary>Returns a page, which is rendered once for concurrent requests.</summary>
    public async ValueTask<Representation?> GetOrRender(
        TallySnapshot snapshot,
        string name,
        Func<Task<Representation?>> render
    )
    {
        var pages = _pages.GetValue(snapshot, static _ => new(StringComparer.Ordinal));
        var now = clock.GetUtcNow();
        if (!pages.TryGetValue(name, out var page) || now - page.RenderedAt > Lifetime)
        {
            if (page is null && pages.Count >= MaxPagesOfSnapshot)
            {
                DeleteExpired(pages, now);
                if (pages.Count >= MaxPagesOfSnapshot)
                {
                    return await render();
                }
            }
            var rendered = new Page(now, new Lazy<Task<Representation?>>(render));
            page =
                page is null ? pages.GetOrAdd(name, rendered)
                : pages.TryUpdate(name, rendered, page) ? rendered
                : pages[name];
        }
        try
        {
            return await page.Content.Value;
        }
        catch
        {
            // A failure is not cached.
            pages.TryRemove(KeyValuePair.Create(name, page));
            throw;
        }
    }

    // A client can name many hosts, and each has its own page.
    private static void DeleteExpired(ConcurrentDictionary<string, Page> pages, DateTimeOffset now)
    {
        foreach (var page in pages.Where(page => now - page.Value.RenderedAt > Lifetime))
        {
            pages.TryRemove(page);
        }
    }

    private sealed record Page(DateTimeOffset RenderedAt, Lazy<Task<Representation?>> Content);
}
