using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Endpoints.Bodies;

/// <summary>Reads from connections that a test opened.</summary>
internal static class Connections
{
    /// <summary>All that the service sends until it closes or resets the connection.</summary>
    public static async Task<string> ReadToEnd(this TcpClient client)
    {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        try
        {
            while (await client.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // The service does not read the rest of a body, so the connection is reset.
        }
        return text.ToString();
    }
}
