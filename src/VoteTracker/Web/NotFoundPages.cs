using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web;

/// <summary>Sends the 404 page to a browser. Clients of the API get a problem instead.</summary>
internal sealed class NotFoundPages(RequestDelegate next, Assets assets)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not null || !IsForBrowser(http.Request))
        {
            await next(http);
            return;
        }
        var page = PageEndpoint.CreateContext(http, assets);
        if (SharedPaths.Has(http))
        {
            page = page.WithoutReader();
        }
        PageHeaders.Set(http.Response.Headers);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        await PageEndpoint.SendPage(
            http,
            page,
            await PageEndpoint.Render<NotFoundPage>(page, null),
            isPublic: false,
            age: null
        );
    }

    private static bool IsForBrowser(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !IsOfTheApi(request.Path)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // Also an address of another version, such as /v2/resolutions.
    private static bool IsOfTheApi(PathString path) => path.Value is ['/', 'v', >= '0' and <= '9', ..];
}
