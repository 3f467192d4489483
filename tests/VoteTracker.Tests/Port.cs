using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Tests;

/// <summary>Ports of the loopback address.</summary>
internal static class Port
{
    // Between the choice of a port and its use, a fixture that runs in parallel may ask for one too.
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port that nothing listens on now, and that no other call of this run has returned.</summary>
    public static int Free()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
