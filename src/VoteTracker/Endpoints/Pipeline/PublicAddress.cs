using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>Parses the setting that has the public address of the service.</summary>
internal static class PublicAddress
{
    /// <summary>The address of the service: the setting, or else the address of the request.</summary>
    public static string OriginOf(HttpRequest request, Settings settings) =>
        Parse(settings.PublicUrl) ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

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
