using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Tests;

/// <summary>Ports of the loopback address.</summary>
internal static class Port
{
    // Below the range from which Linux takes ports for outgoing connections and for port 0: between this choice and
    // the program's start, no connection of a parallel test can take it.
    private const int First = 10_000;
    private const int AfterLast = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>Returns a port on which nothing listens now, and that no other call of this run has returned.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, AfterLast);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                if (Given.TryAdd(port, true))
                {
                    return port;
                }
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another port.
            }
        }
    }
}
