namespace VoteTracker.Http;

/// <summary>404, as a problem like any other, where neither a route nor a page is.</summary>
internal sealed class NoRoute(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is null
            ? Problems.NotFound("Nothing is answered at this address; the routes are at /docs.").ExecuteAsync(http)
            : next(http);
}
