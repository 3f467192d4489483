using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;

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
    /// <summary>Declares the address. A cached page is sent before anything else of the request is read.</summary>
    protected void Serve(string path, bool isScreen) => ServeFromMemory(path, http => TryAnswer(http, isScreen));

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
        var text = QueryText("since");
        var since = text is null ? null : loader.ParseSince(text);
        var wrongSince = text is not null && since is null ? text : null;
        var request = HttpContext.Request;
        var origin = PublicAddress.Of(request, settings);
        var path =
            shared?.Path
            ?? $"{request.PathBase}/resolutions/{snapshot.Standings.Resolution}{(isScreen ? "/screen" : "")}";
        var isCached = page.Caller.IsAnonymous && compare is null && text is null;
        var name = NameOf(request, (page.Language, page.LanguageOfAddress), isScreen, shared);
        if (
            page.Caller.IsAnonymous
            && !(isCached && cache.TryFind(snapshot, name, out _))
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
        await SendPage(page, html, isCached && shared is null && IsShareable(snapshot), live.Age);
    }

    // The page that most readers ask for: without a key, and without parameters other than the language.
    private async ValueTask<bool> TryAnswer(HttpContext http, bool isScreen)
    {
        var request = http.Request;
        if (!Caller.FromContext(http).IsAnonymous || request.QueryString.HasValue && !NamesLanguageAlone(request.Query))
        {
            return false;
        }
        var language = ReaderLanguage.Choose(request);
        if (
            await live.FindVisible(http.Part(PathParameters.Resolution), Caller.Anonymous) is not { } snapshot
            || !cache.TryFind(snapshot, NameOf(request, language, isScreen), out var cached)
            || await cached is not { } html
        )
        {
            return false;
        }
        PageHeaders.Set(http.Response.Headers);
        http.Response.Headers.ContentLanguage = language.Language.Code;
        await ConditionalResponse.Send(http, html, IsShareable(snapshot), live.Age);
        return true;
    }

    private static bool NamesLanguageAlone(IQueryCollection query) => query.Count == 1 && query.ContainsKey("lang");

    // Without the setting, the page has the address that the client named. A shared cache would show it to others.
    private bool IsShareable(TallySnapshot snapshot) => PublicAddress.IsFixed(settings) && snapshot.IsPublic();

    private PageName NameOf(
        HttpRequest request,
        (Language Language, Language? OfAddress) language,
        bool isScreen,
        SharedAddress? shared = null
    ) =>
        new(
            PublicAddress.IsFixed(settings) ? "" : request.Scheme,
            PublicAddress.IsFixed(settings) ? "" : request.Host.Value ?? "",
            request.PathBase.Value ?? "",
            language.Language.Code,
            language.OfAddress is not null,
            isScreen,
            shared?.Path ?? ""
        );

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
