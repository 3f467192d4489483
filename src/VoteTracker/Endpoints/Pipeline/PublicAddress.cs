using System.Globalization;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>The address of the service, with which absolute addresses begin.</summary>
internal static class PublicAddress
{
    /// <summary>The address of a new installation, which the examples of the documents name.</summary>
    public const string Example = "http://127.0.0.1:5080";

    /// <summary>Whether the setting decides, so that a shared cache may store absolute addresses.</summary>
    public static bool IsFixed(Settings settings) => settings.PublicUrl.Length > 0;

    /// <summary>The setting `PublicUrl`, or else the address of the request; without a final slash.</summary>
    public static string Of(HttpRequest request, Settings settings) =>
        Parse(settings.PublicUrl) ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>
    /// The `Cache-Control` of a public response that has the address. With the address of the request it must not be in a
    /// shared cache: a client chooses the host that it names.
    /// </summary>
    public static string CacheFor(int seconds, Settings settings) =>
        IsFixed(settings) ? string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}") : ETags.Unshared;

    /// <summary>
    /// The address without a final slash; null if the setting is empty. A <see cref="SettingException"/> if it is not an
    /// absolute http or https URL.
    /// </summary>
    public static string? Parse(string setting)
    {
        if (setting.Length == 0)
        {
            return null;
        }
        return
            Uri.TryCreate(setting, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0
            && !setting.AsSpan().ContainsAny('?', '#')
            ? uri.AbsoluteUri.TrimEnd('/')
            : throw new SettingException(
                $"PublicUrl must be an absolute URL such as https://votes.example, not {SafeText.Quote(setting)}."
            );
    }
}
