using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Observability;

/// <summary>
/// Describes the span of a request by its route. The path is not recorded, because it can have a secret. This middleware is
/// in the pipeline only while traces are exported.
/// </summary>
internal sealed class RequestTraces(RequestDelegate next)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public async Task InvokeAsync(HttpContext http)
    {
        var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
        // The middleware of HEAD changes it.
        var method = Methods.FirstOrDefault(known => known == http.Request.Method) ?? "_OTHER";
        try
        {
            await next(http);
        }
        finally
        {
            if (span is { IsAllDataRequested: true })
            {
                Describe(span, http, method);
            }
        }
    }

    private static void Describe(Activity span, HttpContext http, string method)
    {
        var route = PathParameters.RouteOf(http);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag(SpanFilter.Method, method);
        span.SetTag(SpanFilter.Route, route);
        span.SetTag(SpanFilter.Status, http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
