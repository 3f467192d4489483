using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Live;

namespace VoteTracker.Features.Tallies;

/// <summary>
/// A stream of server-sent events to one listener. It has no queue: a listener that is slow holds up itself alone, and
/// whoever writes to it looks after each flush at what is newest then.
/// </summary>
internal sealed class EventStream(HttpContext http, Heartbeat heartbeat)
{
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    private int _beat = heartbeat.Count;

    /// <summary>Whether the listener is there and the service goes on.</summary>
    public bool IsOpen => !http.RequestAborted.IsCancellationRequested && !heartbeat.Stopping;

    /// <summary>The headers and the first bytes, at once, or the headers would wait for the first event.</summary>
    public Task Begin()
    {
        var headers = http.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
        return Send(Retry());
    }

    /// <summary>Sends an event and waits until it is on its way.</summary>
    public Task Send(byte[] bytes) => http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted).AsTask();

    /// <summary>Waits for what comes next, and says that it is alive when that was a heartbeat.</summary>
    public async Task Wait(Task next)
    {
        // Who asked for what comes next after all were woken for the end would wait for a heartbeat that may not come.
        if (heartbeat.Stopping)
        {
            return;
        }
        await next.WaitAsync(http.RequestAborted);
        if (heartbeat.Count is var beat && beat != _beat)
        {
            _beat = beat;
            await Send(Alive);
        }
    }

    /// <summary>Tells the listener when to come back.</summary>
    public Task End() => Send(Retry());

    // Spread out, so that all do not come back at once.
    private static byte[] Retry() =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"retry: {RandomNumberGenerator.GetInt32(1_000, 4_000)}\n\n")
        );
}
