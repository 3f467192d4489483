using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>Resolves the name of a host to its addresses.</summary>
internal delegate Task<IPAddress[]> NameResolver(string host, CancellationToken ct);

/// <summary>
/// Checks the addresses of receivers: when a webhook is saved, before each request, and again at each connection, because a name
/// can get another address at any time.
/// </summary>
internal sealed class ReceiverAddress(AllowedHosts allowed, NameResolver resolve, TimeProvider clock)
{
    private const string Private =
        "must not be a private, loopback, link-local or otherwise special address, unless the setting WebhookHosts names the host";

    // One text for both: otherwise a user could find out which names the network of the service has.
    private const string NotPublic =
        "must have a host whose name has only public addresses now; its name was not found, or has a private or otherwise special address, and the setting WebhookHosts does not name it";

    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with the form of an address; null if it is well-formed.</summary>
    public static string? FindFault(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri)
        || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            ? "must be an address that begins with https://"
        : uri.UserInfo.Length > 0 ? "must not have a user name or a password"
        : uri.Fragment.Length > 0 ? "must not have a fragment, which begins with #"
        : uri.IdnHost.Length == 0 || uri.Port == 0 ? "must have a host, and a port other than 0"
        : null;

    /// <summary>Why an address cannot be a receiver, as far as its text shows that; null if it can be one.</summary>
    public string? FindFault(Uri uri)
    {
        if (FindFault(uri.OriginalString) is { } fault)
        {
            return fault;
        }
        if (allowed.Allows(uri.IdnHost, uri.Port))
        {
            return null;
        }
        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            return "must begin with https://, unless the setting WebhookHosts names the host";
        }
        return
            IsLocalName(uri.IdnHost.TrimEnd('.'))
            || (IPAddress.TryParse(uri.IdnHost, out var address) && !PublicAddresses.Contains(address))
            ? Private
            : null;
    }

    // RFC 6761: these names are this machine, whether or not they are resolved.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Resolves the host of an address that is well-formed. Returns what is wrong with it; null if it can be a receiver.</summary>
    public async Task<string?> FindFault(string url, CancellationToken ct)
    {
        var uri = new Uri(url);
        if (FindFault(uri) is { } fault)
        {
            return fault;
        }
        if (allowed.Allows(uri.IdnHost, uri.Port))
        {
            return null;
        }
        using var timeout = new CancellationTokenSource(ResolveTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await Resolve(uri.IdnHost, uri.Port, either.Token);
            return null;
        }
        catch (Exception exception)
            when (exception
                    is RefusedAddressException
                        or SocketException
                        or ArgumentException
                        or OperationCanceledException
                && !ct.IsCancellationRequested
            )
        {
            return NotPublic;
        }
    }

    /// <summary>The addresses of a host. A <see cref="RefusedAddressException"/> if one of them is not public.</summary>
    public async Task<IPAddress[]> Resolve(string host, int port, CancellationToken ct)
    {
        var addresses = await resolve(host, ct);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }
        return allowed.Allows(host, port) || addresses.All(PublicAddresses.Contains)
            ? addresses
            : throw new RefusedAddressException();
    }
}

/// <summary>The address of a receiver is not public.</summary>
internal sealed class RefusedAddressException() : Exception("The address is not public.");
