using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Features.Doctor;

/// <summary>Whether clients reach the service as intended: encrypted, and with their own addresses behind a proxy.</summary>
internal sealed class ProxyCheck : ICheck
{
    private const string Check = "proxy";

    // A network that is larger is not one of proxies.
    private const int WidestIPv4 = 8;
    private const int WidestIPv6 = 16;

    public Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        List<Finding> found = [.. Find(examination.Settings)];
        if (found.Count == 0)
        {
            found.Add(
                Finding.Ok(
                    Check,
                    examination.Settings.TrustedProxies.Length == 0
                        ? "No forwarded header is trusted."
                        : "Forwarded headers are trusted from the proxies in TrustedProxies."
                )
            );
        }
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private static IEnumerable<Finding> Find(Settings settings)
    {
        var addresses = ListenAddresses.Parse(settings.Urls);
        var proxies = TrustedProxies.Parse(settings.TrustedProxies);
        var open = addresses.Where(a => ListenAddresses.IsPublic(a) && a.Scheme == Uri.UriSchemeHttp).ToList();
        if (open.Count > 0)
        {
            yield return Finding.Warning(
                Check,
                $"{string.Join(", ", open)} accepts clients of other machines without TLS. Their keys can be read on the way.",
                proxies.Count > 0
                    ? "Let only the proxy connect, by an address of its network or a firewall. A container's port may be published on 127.0.0.1 only."
                    : "Listen on 127.0.0.1 behind a proxy with TLS, and set TrustedProxies. src/operations/nginx.conf is a sample."
            );
        }
        var wide = proxies
            .Where(p => p.PrefixLength < (p.BaseAddress.GetAddressBytes().Length == 4 ? WidestIPv4 : WidestIPv6))
            .ToList();
        if (wide.Count > 0)
        {
            yield return Finding.Error(
                Check,
                $"TrustedProxies has {string.Join(", ", wide)}. A client in such a network can claim any address.",
                "List only the addresses of your proxies."
            );
        }
        if (
            proxies.Count == 0
            && settings.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && addresses.All(a => a.Scheme == Uri.UriSchemeHttp)
        )
        {
            yield return Finding.Warning(
                Check,
                "PublicUrl begins with https, and the service has no TLS. So a proxy is in front, but TrustedProxies is empty.",
                "Set TrustedProxies to the address of the proxy. Until then, all clients share the limits of one address."
            );
        }
        if (proxies.Count > 0 && settings.PublicUrl.Length == 0)
        {
            yield return Finding.Warning(
                Check,
                "A proxy is in front, but PublicUrl is not set. Citations and data packages have relative addresses.",
                "Set PublicUrl to the address that readers use, such as https://votes.example."
            );
        }
    }
}
