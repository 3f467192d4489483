using System.Globalization;
using System.Security.Cryptography;
using FastEndpoints;
using Microsoft.AspNetCore.Components;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Web.Pages;

/// <summary>The base of the pages: HTML in the reader's language, with an ETag of its content.</summary>
internal abstract class PageEndpoint(Assets assets) : EndpointWithoutRequest
{
    /// <summary>The address, and what is the same for every page.</summary>
    protected void Serve(string path)
    {
        Get(path);
        Description(route => route.IsPage().Requires(Right.ReadPublic));
    }

    /// <summary>The address of a page that shows personal data to callers with a right.</summary>
    protected void ServePersonalData(string path, Right right)
    {
        Get(path);
        Description(route => route.IsPage().ReadsPersonalData(right).Requires(Right.ReadPublic));
    }

    /// <summary>The address of a page that is cached. It counts its reads of the database itself.</summary>
    /// <param name="path">The address.</param>
    /// <param name="answer">Sends the cached page, or returns false.</param>
    protected void ServeFromMemory(string path, Func<HttpContext, ValueTask<bool>> answer)
    {
        Get(path);
        Description(route =>
            route.AnsweredFirstBy(answer).IsPage().WithMetadata(new FromMemory()).Requires(Right.ReadPublic)
        );
    }

    /// <summary>The context of the request.</summary>
    protected PageContext CreateContext() => CreateContext(HttpContext, assets);

    /// <summary>The context of a request.</summary>
    public static PageContext CreateContext(HttpContext http, Assets assets)
    {
        var (language, ofAddress) = ReaderLanguage.Choose(http.Request);
        // Links carry only what a page reads: an address with anything else must not reach other readers.
        var known = http.Request.Query.Where(p => PageContext.Parameters.Contains(p.Key));
        return new PageContext
        {
            Language = language,
            LanguageOfAddress = ofAddress,
            Caller = Caller.FromContext(http),
            SessionProof =
                SessionCookie.NamesCaller(http) && SessionCookie.ReadToken(http) is { } token
                    ? SessionCookie.ProofOf(token)
                    : null,
            Path = $"{http.Request.PathBase}{http.Request.Path}",
            Query = QueryString.Create(known).Value ?? "",
            Assets = assets,
        };
    }

    /// <summary>Renders a page.</summary>
    public static async Task<Representation> Render<TPage>(PageContext page, object? model)
        where TPage : IComponent
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Page"] = page };
        if (model is not null)
        {
            parameters["Model"] = model;
        }
        var body = await ComponentRenderer.Render<TPage>(parameters);
        var format = new RepresentationFormat("text/html; charset=utf-8", "", "Accept-Language, Authorization, Cookie");
        return new Representation(body, Convert.ToHexStringLower(SHA256.HashData(body))[..16], format);
    }

    /// <summary>Sends a page.</summary>
    protected Task SendPage(PageContext page, Representation html, bool isPublic, TimeSpan? age = null) =>
        SendPage(HttpContext, page, html, isPublic, age);

    /// <summary>Sends a page.</summary>
    public static Task SendPage(HttpContext http, PageContext page, Representation html, bool isPublic, TimeSpan? age)
    {
        var headers = http.Response.Headers;
        headers.ContentLanguage = page.Language.Code;
        return ConditionalResponse.Send(http, html, isPublic && page.Caller.IsAnonymous, age);
    }

    /// <summary>Sends the page that says that nothing is at the address.</summary>
    protected async Task SendNotFound(PageContext page)
    {
        HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
        await SendPage(page, await Render<NotFoundPage>(page, null), isPublic: false);
    }

    /// <summary>A whole number in the query; the default if it is missing or wrong.</summary>
    protected long Number(string name, long otherwise) =>
        long.TryParse(HttpContext.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;

    /// <summary>A text in the query, at most 200 characters; null if it is missing or empty.</summary>
    protected string? QueryText(string name) =>
        HttpContext.Request.Query[name].FirstOrDefault()?.Trim().Replace("\0", "", StringComparison.Ordinal)
            is { Length: > 0 } text
            ? text[..Math.Min(text.Length, 200)]
            : null;
}
