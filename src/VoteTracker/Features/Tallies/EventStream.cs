using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Live;

namespace VoteTracker.Features.Tallies;

/// <summary>
/// A stream of server-sent events to one listener. It has no queue, so a slow listener delays only itself. The sender
/// reads the newest state again after each flush.
/// </summary>
internal sealed class EventStream : IDisposable
{
    // The comment is for listeners that read the bytes. A script in a browser sees only events.
    private static readonly byte[] HeartbeatEvent = ":\n\nevent: heartbeat\ndata: {}\n\n"u8.ToArray();

    private readonly HttpContext _http;
    private readonly CancellationToken _aborted;
    private readonly CancellationTokenRegistration _wakeWhenAborted;
    private readonly CancellationTokenRegistration _abortAfterGracePeriod;
    private readonly Heartbeat _heartbeat;
    private readonly Listener _listener;
    private int _beat;

    public EventStream(HttpContext http, Heartbeat heartbeat, Listener listener)
    {
        (_http, _aborted, _heartbeat, _listener) = (http, http.RequestAborted, heartbeat, listener);
        _beat = heartbeat.Count;
        _wakeWhenAborted = _aborted.UnsafeRegister(static listener => ((Listener)listener!).Wake(), listener);
        // A listener that does not read would delay the end of the service.
        _abortAfterGracePeriod = heartbeat.GracePeriodEnded.UnsafeRegister(
            static http => ((HttpContext)http!).Abort(),
            http
        );
    }

    /// <summary>Whether the listener is connected and the service is not stopping.</summary>
    public bool IsOpen => !_aborted.IsCancellationRequested && !_heartbeat.Stopping;

    /// <summary>Sends the headers and the first bytes. Without bytes, the headers would wait for the first event.</summary>
    public ValueTask Start()
    {
        var headers = _http.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
        return Send(Retry());
    }

    /// <summary>Sends an event, and waits until there is room for the next one.</summary>
    public async ValueTask Send(byte[] bytes) => await _http.Response.BodyWriter.WriteAsync(bytes, _aborted);

    /// <summary>
    /// Waits for a change since the last call, and sends an event after a heartbeat. Read the current state after this
    /// call, never before.
    /// </summary>
    public async ValueTask Wait()
    {
        await _listener.Next();
        if (_heartbeat.Count is var beat && beat != _beat && IsOpen)
        {
            _beat = beat;
            await Send(HeartbeatEvent);
        }
    }

    /// <summary>Sends the delay after which the listener should reconnect.</summary>
    public ValueTask Finish() => Send(Retry());

    public void Dispose()
    {
        _abortAfterGracePeriod.Dispose();
        _wakeWhenAborted.Dispose();
        _listener.Dispose();
    }

    // Random, so that listeners do not all reconnect at once.
    private static byte[] Retry() =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"retry: {RandomNumberGenerator.GetInt32(1_000, 4_000)}\n\n")
        );
}
