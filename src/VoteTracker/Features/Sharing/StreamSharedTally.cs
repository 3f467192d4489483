using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;

namespace VoteTracker.Features.Sharing;

/// <summary>Sends the newest tally that a link shares to a listener by server-sent events, until the link ends.</summary>
internal sealed class StreamSharedTally(SharedAccess access, TallyCache live, Heartbeat heartbeat, TimeProvider clock)
    : SharedEndpoint(access)
{
    // A stream wakes with each heartbeat, which is more frequent.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private readonly SharedAccess _access = access;

    public override void Configure()
    {
        Get(PathOf("stream"));
        Description(route =>
            Describe(
                    route,
                    "Listens to a shared tally",
                    "The same events as `GET …/tally/stream`, without a key. The stream ends at once when the link is revoked or expires."
                )
                .IsStream()
                .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        );
    }

    protected override long SeenVersion => ETags.VersionOf(LastEventId);

    private string? LastEventId => HttpContext.Request.Headers["Last-Event-ID"];

    protected override async Task Respond(SharedView view)
    {
        var seen = LastEventId;
        var listener = live.Subscribe(view.Link.Resolution);
        using var stream = new EventStream(HttpContext, heartbeat, listener);
        await stream.Start();
        if (HttpContext.IsHead())
        {
            return;
        }
        ITimer? end = null;
        try
        {
            while (stream.IsOpen)
            {
                if (await _access.FindAgain(HttpContext) is not { } newest)
                {
                    return;
                }
                end ??= WakeAtEnd(newest.Link, listener);
                if (newest.Snapshot.EventId != seen)
                {
                    seen = newest.Snapshot.EventId;
                    await stream.Send(newest.Snapshot.Event);
                }
                // If a change happened during the send, this returns at once, and the newest state is read again.
                await stream.Wait();
            }
            await stream.Finish();
        }
        catch (OperationCanceledException) when (HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The listener closed the connection.
        }
        finally
        {
            end?.Dispose();
        }
    }

    private ITimer? WakeAtEnd(ShareLink link, Listener listener) =>
        link.ExpiresAt - clock.GetUtcNow() is { } rest && rest <= LongestDelay
            ? clock.CreateTimer(
                static listener => ((Listener)listener!).Wake(),
                listener,
                rest > TimeSpan.Zero ? rest : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan
            )
            : null;
}
