using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Primitives;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>The header `Allow`: HEAD goes with GET, and OPTIONS works everywhere.</summary>
internal static class AllowedMethods
{
    private const string OfTheService = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS";

    /// <summary>
    /// Whether a route matches the path. Routing returns 405 for a wrong method before it compares a segment such as
    /// `stances.{format}` with its route, so also where no method has the address.
    /// </summary>
    public static bool IsAddress(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Any(route =>
                new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(http.Request.Path, [])
            );

    /// <summary>The methods of an address, completed from those of its routes.</summary>
    public static string Complete(StringValues routed)
    {
        var methods = routed
            .ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(
            ", ",
            methods
                .SelectMany(method =>
                    HttpMethods.IsGet(method) ? (string[])[HttpMethods.Get, HttpMethods.Head] : [method]
                )
                .Append(HttpMethods.Options)
                .Distinct(StringComparer.Ordinal)
        );
    }

    /// <summary>204 with the methods of the whole service.</summary>
    public static Task Send(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.Allow = OfTheService;
        return Task.CompletedTask;
    }
}
