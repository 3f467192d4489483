using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Live;

namespace VoteTracker.Features.Tallies;

/// <summary>
/// A stream of server-sent events to one listener. It has no queue: a listener that is slow holds up itself alone, and
/// whoever writes to it looks after each flush at what is newest then.
/// </summary>
internal sealed class EventStream : IDisposable
{
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    private readonly HttpContext _http;
    private readonly CancellationToken _gone;
    private readonly CancellationTokenRegistration _wakeWhenGone;
    private readonly CancellationTokenRegistration _leaveWhenOver;
    private readonly Heartbeat _heartbeat;
    private readonly Listener _waiter;
    private int _beat;

    public EventStream(HttpContext http, Heartbeat heartbeat, Listener waiter)
    {
        (_http, _gone, _heartbeat, _waiter) = (http, http.RequestAborted, heartbeat, waiter);
        _beat = heartbeat.Count;
        _wakeWhenGone = _gone.UnsafeRegister(static waiter => ((Listener)waiter!).Wake(), waiter);
        // A listener that does not read would hold up the end of the service.
        _leaveWhenOver = heartbeat.Over.UnsafeRegister(static http => ((HttpContext)http!).Abort(), http);
    }

    /// <summary>Whether the listener is there and the service goes on.</summary>
    public bool IsOpen => !_gone.IsCancellationRequested && !_heartbeat.Stopping;

    /// <summary>The headers and the first bytes, at once, or the headers would wait for the first event.</summary>
    public ValueTask Begin()
    {
        var headers = _http.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
        return Send(Retry());
    }

    /// <summary>Sends an event; ends when there is room for the next.</summary>
    public async ValueTask Send(byte[] bytes) => await _http.Response.BodyWriter.WriteAsync(bytes, _gone);

    /// <summary>
    /// Waits for a change since this last ended, and says that it is alive when it was a heartbeat. What stands is to be
    /// read after it, never before.
    /// </summary>
    public async ValueTask Wait()
    {
        await _waiter.Next();
        if (_heartbeat.Count is var beat && beat != _beat && IsOpen)
        {
            _beat = beat;
            await Send(Alive);
        }
    }

    /// <summary>Tells the listener when to come back.</summary>
    public ValueTask End() => Send(Retry());

    public void Dispose()
    {
        _leaveWhenOver.Dispose();
        _wakeWhenGone.Dispose();
        _waiter.Dispose();
    }

    // Spread out, so that all do not come back at once.
    private static byte[] Retry() =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"retry: {RandomNumberGenerator.GetInt32(1_000, 4_000)}\n\n")
        );
}
