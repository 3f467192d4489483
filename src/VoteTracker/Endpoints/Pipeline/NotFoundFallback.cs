using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>Returns a 404 problem without a route or page. `OPTIONS *` lists the methods of the service.</summary>
internal sealed class NotFoundFallback(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is not null ? next(http)
        : IsOfTheServer(http) ? AllowedMethods.Send(http)
        : Problems.OfStatus(StatusCodes.Status404NotFound).ExecuteAsync(http);

    // RFC 9110, 9.3.7. The server leaves the path empty for the target *.
    private static bool IsOfTheServer(HttpContext http) =>
        HttpMethods.IsOptions(http.Request.Method) && !http.Request.Path.HasValue;
}
