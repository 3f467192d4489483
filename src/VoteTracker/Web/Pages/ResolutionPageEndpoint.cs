using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;

namespace VoteTracker.Web.Pages;

/// <summary>The base of the pages of a resolution.</summary>
internal abstract class ResolutionPageEndpoint(
    Assets assets,
    PageCache cache,
    ResolutionLoader loader,
    TallyCache live,
    ReadingBudget budget,
    Settings settings
) : PageEndpoint(assets)
{
    /// <summary>
    /// Sends the page. `atLeast` names the version that the reader already saw, so that a page never shows an older one.
    /// For callers without a key, the page of a snapshot is rendered once for each language. Therefore many readers behind one
    /// address can follow a vote: only a page that must be rendered is a read of the database, and counts as one.
    /// </summary>
    protected async Task Respond(bool isScreen)
    {
        var page = CreateContext();
        var id = HttpContext.Part(PathParameters.Resolution);
        if (await live.FindVisible(id, page.Caller, Number("atLeast", 0)) is not { } snapshot)
        {
            await SendNotFound(page);
            return;
        }
        await Respond(page, snapshot, isScreen);
    }

    /// <summary>Sends the page of a snapshot that the caller may see; with a link, the page of the link.</summary>
    protected async Task Respond(
        PageContext page,
        TallySnapshot snapshot,
        bool isScreen = false,
        SharedAddress? shared = null
    )
    {
        var compare = QueryText("compare");
        // A form sends a moment of UTC without its zone.
        var text = QueryText("since");
        var since =
            Moments.TryParseQuery(text ?? "", out var moment) || Moments.TryParseQuery($"{text}Z", out moment)
                ? moment
                : (DateTimeOffset?)null;
        var wrongSince = text is not null && since is null ? text : null;
        var request = HttpContext.Request;
        var origin = PublicAddress.OriginOf(request, settings);
        var path =
            shared?.Path
            ?? $"{request.PathBase}/resolutions/{snapshot.Standings.Resolution}{(isScreen ? "/screen" : "")}";
        var isCached = page.Caller.IsAnonymous && compare is null && text is null;
        var name = $"{origin} {path} {page.Language.Code} {page.LanguageOfAddress is not null}";
        if (
            page.Caller.IsAnonymous
            && !(isCached && cache.Has(snapshot, name))
            && budget.SpendRead(HttpContext) is { } wait
        )
        {
            await Problems.TooMany(HttpContext, wait).ExecuteAsync(HttpContext);
            return;
        }
        var html = isCached
            ? await cache.GetOrRender(
                snapshot,
                name,
                () =>
                    Create(
                        snapshot,
                        page with
                        {
                            Path = path,
                            Query = "",
                        },
                        since: null,
                        compare: null,
                        origin,
                        isScreen,
                        shared
                    )
            )
            : await Create(snapshot, page, since, compare, origin, isScreen, shared, wrongSince);
        if (html is null)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, html, shared is null && snapshot.IsPublic() && compare is null && text is null, live.Age);
    }

    private async Task<Representation?> Create(
        TallySnapshot snapshot,
        PageContext page,
        DateTimeOffset? since,
        string? compare,
        string origin,
        bool isScreen,
        SharedAddress? shared,
        string? wrongSince = null
    )
    {
        var model = await loader.Load(snapshot, page.Caller, since, compare, origin, shared);
        return model is null
            ? null
            : await Render<ResolutionPage>(page, model with { IsScreen = isScreen, WrongSince = wrongSince });
    }
}
