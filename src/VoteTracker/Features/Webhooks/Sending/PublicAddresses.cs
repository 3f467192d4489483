using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// Which IP addresses are public. Everything else is refused: the registries of IANA for special purposes (RFC 6890),
/// multicast, and the addresses at which providers serve the secrets of a machine.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] RefusedV4 =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            // Also the metadata of most providers, 169.254.169.254.
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // The host agent of Azure, on an address that looks public.
            "168.63.129.16/32",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    // Everything outside is for special purposes: loopback, link-local, unique-local, multicast.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] RefusedV6 =
    [
        .. new[]
        {
            // Teredo and other protocols, documentation, and 6to4, which contains an IPv4 address.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    // A network without IPv4 reaches it through these addresses (RFC 6052). The last four bytes are the IPv4 address.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is public.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !RefusedV4.Any(network => network.Contains(address));
        }
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
        {
            return false;
        }
        return Nat64.Contains(address)
            ? Contains(new IPAddress(address.GetAddressBytes().AsSpan(12)))
            : GlobalV6.Contains(address) && !RefusedV6.Any(network => network.Contains(address));
    }
}
