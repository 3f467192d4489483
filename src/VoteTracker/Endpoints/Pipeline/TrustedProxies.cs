using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using VoteTracker.Endpoints.Text;
using IPNetwork = System.Net.IPNetwork;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Reads a client's address, scheme and host from `X-Forwarded-For`, `-Proto` and `-Host`, but only from the proxies that
/// the settings list. Without any, the headers mean nothing and no middleware is added.
/// </summary>
/// <remarks>
/// No address is trusted by default, not even the loopback address: a process on the same machine, or a client of a tunnel,
/// could claim any client address.
/// </remarks>
internal static class TrustedProxies
{
    private static readonly char[] Separators = [',', ' '];

    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app, string setting)
    {
        var networks = Parse(setting);
        if (networks.Count == 0)
        {
            return app;
        }
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // A chain of proxies is followed while each one is trusted.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }
        return app.UseForwardedHeaders(options);
    }

    /// <summary>The networks; a <see cref="SettingException"/> names one that is malformed.</summary>
    public static IReadOnlyList<IPNetwork> Parse(string setting) =>
        [.. setting.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseOne)];

    private static IPNetwork ParseOne(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new SettingException(
                $"TrustedProxies must list addresses or networks such as 127.0.0.1, ::1 or 10.0.0.0/8, not {SafeText.Quote(text)}."
            );
    }
}
