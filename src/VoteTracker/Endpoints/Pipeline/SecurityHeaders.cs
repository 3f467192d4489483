using Microsoft.Extensions.Primitives;
using VoteTracker.Endpoints.Server;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// The security headers of every response: data, pictures, files, problems and redirects. A page replaces them by its
/// own (<see cref="PageHeaders"/>).
/// </summary>
/// <remarks>
/// They are set before the endpoint runs, because a callback at the start of each response costs a poll more. The values
/// are created once.
/// </remarks>
internal static class SecurityHeaders
{
    /// <summary>The policy of a response that is not a page: nothing in it loads, runs or is framed.</summary>
    public const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A day, in the seconds of `Strict-Transport-Security`.</summary>
    private const int SecondsPerDay = 86_400;

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Data = DataPolicy;
    private static readonly StringValues NoReferrer = "no-referrer";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<Settings>();
        if (HstsDaysOf(settings) is not (> 0 and var days))
        {
            return app.Use(
                static (http, next) =>
                {
                    Set(http.Response.Headers);
                    return next(http);
                }
            );
        }
        var strict = new StringValues(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"max-age={(long)days * SecondsPerDay}")
        );
        return app.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                Set(headers);
                if (http.Request.IsHttps)
                {
                    headers.StrictTransportSecurity = strict;
                }
                return next(http);
            }
        );
    }

    /// <summary>Sets the headers of a response that is not a page.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = NoSniff;
        headers.ContentSecurityPolicy = Data;
        headers["Referrer-Policy"] = NoReferrer;
    }

    // By default only where this service itself has a certificate. A proxy decides for the connections that it accepts.
    private static int HstsDaysOf(Settings settings) =>
        settings.HstsDays ?? (ServerCertificate.IsSet(settings) ? Settings.DefaultHstsDays : 0);
}
