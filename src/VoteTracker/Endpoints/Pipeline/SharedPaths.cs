using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using VoteTracker.Endpoints.Conditional;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Keeps the secrets of share links out of everything that uses the path of a request: logs, problems and metrics. The
/// secret is replaced in the path before any other middleware runs, and only <see cref="ReadSecret"/> returns it. A path
/// with a wrong slash has no data, so all of it is replaced.
/// </summary>
/// <remarks>
/// Every response below <see cref="Root"/> forbids search engines to list it, caches to store it, and browsers to send its
/// address to other sites.
/// </remarks>
internal sealed partial class SharedPaths(RequestDelegate next)
{
    /// <summary>The folder of the addresses.</summary>
    public const string Root = "/shared";

    // No secret has this character.
    private const string Hidden = "-";

    // No endpoint has this address.
    private const string HiddenAddress = $"{Root}/{Hidden}/{Hidden}/{Hidden}";

    // No link has it. The response is a problem, as for every picture, and not a page.
    private const string HiddenPicture = $"{Root}/{Hidden}/{Hidden}{PictureEnding}";
    private const string PictureEnding = ".svg";

    // Names of data are shorter. A longer text behind the secret may be a secret too.
    private const int LongestName = 15;

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!path.Contains("shared", StringComparison.OrdinalIgnoreCase) || !BeginsWithRoot().IsMatch(path))
        {
            return next(http);
        }
        HideSecret(http, path);
        return next(http);
    }

    /// <summary>Whether an address is below <see cref="Root"/>, after its secret was hidden.</summary>
    public static bool Has(HttpContext http) =>
        http.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>The secret in the address of a request; empty if there is none.</summary>
    public static string ReadSecret(HttpContext http) => http.Features.Get<Secret>()?.Text ?? "";

    /// <summary>
    /// Replaces the path of a request, which has a secret. <see cref="ReadSecret"/> returns the secret, and the response has
    /// the headers of secret addresses.
    /// </summary>
    internal static void Hide(HttpContext http, string secret, string path)
    {
        if (secret.Length > 0)
        {
            http.Features.Set(new Secret(secret));
        }
        http.Request.Path = path;
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        Protect(http);
    }

    private static void HideSecret(HttpContext http, string path)
    {
        var rest = path.StartsWith($"{Root}/", StringComparison.OrdinalIgnoreCase) ? path[(Root.Length + 1)..] : null;
        if (rest is "" || path.Length == Root.Length)
        {
            Protect(http);
            return;
        }
        var end = rest?.IndexOf('/', StringComparison.Ordinal) ?? 0;
        var (secret, data) = end < 0 ? (rest!, "") : (rest?[..end] ?? "", rest?[end..] ?? "");
        if (secret.Length > 0 && data.Length <= LongestName + 1)
        {
            Hide(http, secret, $"{Root}/{Hidden}{data}");
        }
        else
        {
            Hide(http, secret: "", IsPicture(data) ? HiddenPicture : HiddenAddress);
        }
    }

    private static bool IsPicture(string data) =>
        data.LastIndexOf('/') == 0 && data.EndsWith(PictureEnding, StringComparison.OrdinalIgnoreCase);

    // At the end, because an endpoint or a problem sets headers of its own.
    private static void Protect(HttpContext http) =>
        http.Response.OnStarting(static state => SetHeaders((HttpContext)state), http);

    private static Task SetHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = ETags.NotStored;
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return Task.CompletedTask;
    }

    // The server decodes a path, but no %2F, and only once.
    [GeneratedRegex(
        @"^([/\\]|%(25)*(2f|5c))*shared($|[/\\]|%(25)*(2f|5c))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BeginsWithRoot();

    private sealed record Secret(string Text);
}
