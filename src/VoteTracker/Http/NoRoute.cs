namespace VoteTracker.Http;

/// <summary>Problems, like any other, where neither a route nor a file is (404), or a route has no such method (405).</summary>
internal sealed class NoRoute(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is null)
        {
            await Problems.NotFound("Nothing is answered at this address; the routes are at /docs.").ExecuteAsync(http);
            return;
        }
        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            await Problems.MethodNotAllowed(http.Response.Headers.Allow.ToString()).ExecuteAsync(http);
        }
    }
}
