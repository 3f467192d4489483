using Microsoft.AspNetCore.Http.Features;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>HEAD is GET without the body (RFC 9110, 9.3.2), on every route that has a GET.</summary>
internal static class HeadAsGet
{
    private static readonly object ItemKey = new();

    public static IApplicationBuilder UseHead(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (HttpMethods.IsHead(http.Request.Method))
                {
                    http.Items[ItemKey] = ItemKey;
                    http.Request.Method = HttpMethods.Get;
                    http.Features.Set<IHttpResponseBodyFeature>(
                        new HeadersOnly(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>())
                    );
                }
                return next(http);
            }
        );

    /// <summary>Whether the request is a HEAD request.</summary>
    public static bool IsHead(this HttpContext http) => http.Items.ContainsKey(ItemKey);

    private sealed class HeadersOnly(IHttpResponseBodyFeature inner) : StreamResponseBodyFeature(Stream.Null)
    {
        public override Task StartAsync(CancellationToken cancellationToken = default) =>
            inner.StartAsync(cancellationToken);

        public override Task CompleteAsync() => inner.CompleteAsync();
    }
}
