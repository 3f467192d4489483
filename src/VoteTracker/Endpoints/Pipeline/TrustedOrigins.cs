using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>Parses the setting that lists the origins whose pages may write.</summary>
internal static class TrustedOrigins
{
    private static readonly char[] Separators = [',', ' '];

    /// <summary>The origins, as browsers write them; a <see cref="SettingException"/> names one that is malformed.</summary>
    public static HashSet<string> Parse(string setting)
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in setting.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                !Uri.TryCreate(text, UriKind.Absolute, out var uri)
                || uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp
            )
            {
                throw new SettingException(
                    $"TrustedOrigins must list origins such as https://app.example or http://localhost:3000, not {SafeText.Quote(text)}."
                );
            }
            var port = uri.IsDefaultPort ? "" : string.Create(null, $":{uri.Port}");
            var origin = $"{uri.Scheme}://{uri.IdnHost}{port}";
            if (text != origin)
            {
                throw new SettingException(
                    $"TrustedOrigins must list origins as browsers send them: {origin}, not {SafeText.Quote(text)}."
                );
            }
            origins.Add(origin);
        }
        return origins;
    }
}
