using System.Buffers;
using System.Globalization;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// The hosts of the setting `WebhookHosts`, which may have a private address and use `http://`: `chat.example.org` or
/// `127.0.0.1:9000`. Without a port, all ports are allowed.
/// </summary>
internal sealed class AllowedHosts
{
    private static readonly char[] Separators = [',', ' '];
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/?#@\\*");

    private readonly HashSet<(string Host, int? Port)> _hosts = [];

    /// <summary>Whether the setting names the host and the port.</summary>
    public bool Allows(string host, int port) =>
        _hosts.Contains((Normalize(host), null)) || _hosts.Contains((Normalize(host), port));

    /// <summary>Parses the setting; a <see cref="SettingException"/> names an entry that is malformed.</summary>
    public static AllowedHosts Parse(string setting)
    {
        var allowed = new AllowedHosts();
        foreach (var text in setting.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                text.AsSpan().ContainsAny(NotInHosts)
                || !Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri)
                || uri.Port == 0
            )
            {
                throw new SettingException(
                    $"WebhookHosts must list hosts such as chat.example.org or 127.0.0.1:9000, not {SafeText.Quote(text)}."
                );
            }
            var hasPort = text.EndsWith(
                string.Create(CultureInfo.InvariantCulture, $":{uri.Port}"),
                StringComparison.Ordinal
            );
            allowed._hosts.Add((Normalize(uri.IdnHost), hasPort && !IsBareIpv6(text) ? uri.Port : null));
        }
        return allowed;
    }

    // The last colon of [::80] is not before a port.
    private static bool IsBareIpv6(string text) => text.EndsWith(']');

    private static string Normalize(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
}
