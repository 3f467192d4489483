using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;

namespace VoteTracker.Web;

/// <summary>What a page of a snapshot depends on.</summary>
/// <param name="Scheme">The scheme of its address; empty if the setting <c>PublicUrl</c> has the address.</param>
/// <param name="Host">The host of its address; empty likewise.</param>
/// <param name="PathBase">The path of the service.</param>
/// <param name="Language">The code of its language.</param>
/// <param name="HasLanguage">Whether the address names the language.</param>
/// <param name="IsScreen">Whether it is the page for a big screen.</param>
/// <param name="Shared">The path of the share link whose page it is; empty without one.</param>
internal readonly record struct PageName(
    string Scheme,
    string Host,
    string PathBase,
    string Language,
    bool HasLanguage,
    bool IsScreen,
    string Shared
);

/// <summary>
/// Caches the pages of snapshots for callers without a key. A page is rendered once for each snapshot and language, and
/// again after some seconds, because it also shows amendments, which have snapshots of their own.
/// </summary>
internal sealed class PageCache(TimeProvider clock)
{
    private const int MaxPagesOfSnapshot = 24;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    // The pages of a snapshot are released with it.
    private readonly ConditionalWeakTable<TallySnapshot, ConcurrentDictionary<PageName, Page>> _pages = [];

    /// <summary>Finds a page that is cached or being rendered, so that it costs no read of the database.</summary>
    public bool TryFind(TallySnapshot snapshot, PageName name, [NotNullWhen(true)] out Task<Representation?>? content)
    {
        content =
            _pages.TryGetValue(snapshot, out var pages) && pages.TryGetValue(name, out var page) && IsFresh(page)
                ? page.Content.Value
                : null;
        return content is not null;
    }

    /// <summary>Returns a page, which is rendered once for concurrent requests.</summary>
    public async ValueTask<Representation?> GetOrRender(
        TallySnapshot snapshot,
        PageName name,
        Func<Task<Representation?>> render
    )
    {
        var pages = _pages.GetValue(snapshot, static _ => new());
        if (!pages.TryGetValue(name, out var page) || !IsFresh(page))
        {
            if (page is null && pages.Count >= MaxPagesOfSnapshot)
            {
                DeleteExpired(pages);
                if (pages.Count >= MaxPagesOfSnapshot)
                {
                    return await render();
                }
            }
            var rendered = new Page(clock.GetUtcNow(), new Lazy<Task<Representation?>>(render));
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
    private void DeleteExpired(ConcurrentDictionary<PageName, Page> pages)
    {
        foreach (var page in pages.Where(page => !IsFresh(page.Value)))
        {
            pages.TryRemove(page);
        }
    }

    private bool IsFresh(Page page) => clock.GetUtcNow() - page.RenderedAt <= Lifetime;

    private sealed record Page(DateTimeOffset RenderedAt, Lazy<Task<Representation?>> Content);
}
