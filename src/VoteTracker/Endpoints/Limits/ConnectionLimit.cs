using System.Net;
using Microsoft.AspNetCore.Connections;
using VoteTracker.Endpoints.Pipeline;
using IPNetwork = System.Net.IPNetwork;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// Limits the connections of one address. Trusted proxies have no limit, because all their clients share their address.
/// </summary>
internal sealed class ConnectionLimit(Settings settings)
{
    private readonly PlacesPerClient _open = new(settings.ConnectionsPerAddress);
    private readonly IReadOnlyList<IPNetwork> _proxies = TrustedProxies.Parse(settings.TrustedProxies);

    /// <summary>Serves a connection, or closes it if its address has too many.</summary>
    public ConnectionDelegate Accept(ConnectionDelegate next) =>
        connection =>
            // A socket that is not of the network has no address.
            connection.RemoteEndPoint
                is IPEndPoint { Address: var address }
            && !IsProxy(address)
                ? Serve(connection, next, ClientAddress.From(address))
                : next(connection);

    private async Task Serve(ConnectionContext connection, ConnectionDelegate next, UInt128 client)
    {
        if (!_open.TryTake(client))
        {
            connection.Abort(new ConnectionAbortedException("The address has too many connections."));
            return;
        }
        try
        {
            await next(connection);
        }
        finally
        {
            _open.Return(client);
        }
    }

    private bool IsProxy(IPAddress address)
    {
        if (_proxies.Count == 0)
        {
            return false;
        }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _proxies.Any(network => network.Contains(plain));
    }
}
