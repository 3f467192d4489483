using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// The address of a client as limits count it. Of IPv6 it is the first 64 bits, because one subscriber has all addresses of
/// a /64.
/// </summary>
internal static class ClientAddress
{
    /// <summary>The client of a request. Behind a trusted proxy, it is the client of the proxy.</summary>
    public static UInt128 From(HttpContext http) => From(http.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>The client with this address.</summary>
    public static UInt128 From(IPAddress address)
    {
        var isIPv4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (!isIPv4)
        {
            bytes[8..].Clear();
        }
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
