using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Tallies;

/// <summary>Sends the newest tally to a listener by server-sent events. Tallies in between are skipped.</summary>
internal sealed class StreamTally(TallyCache live, Heartbeat heartbeat, PageSessions sessions) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tally/stream");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Listens to a tally",
                    "Server-sent events: `event: tally`, an `id:`, and one `data:` line with the tally as GET returns it. The id is the version, with the day if a date alone changed which members may vote. The current state is sent at once, unless Last-Event-ID names it. Then each newer state is sent, or only the newest if several changes happen at once. A comment line and an `event: heartbeat` are sent every 15 seconds."
                )
                .IsStream()
                .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        string? seen = HttpContext.Request.Headers["Last-Event-ID"];
        if (await live.FindVisible(id, caller, ETags.VersionOf(seen)) is null)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        using var stream = new EventStream(HttpContext, heartbeat, live.Subscribe(id));
        await stream.Start();
        if (HttpContext.IsHead())
        {
            return;
        }
        try
        {
            while (stream.IsOpen)
            {
                // If the listener may no longer see the tally, the stream ends. A new request gets the reason.
                if (
                    !await sessions.IsStillValid(HttpContext, caller)
                    || await live.FindVisible(id, caller) is not { } snapshot
                )
                {
                    return;
                }
                if (snapshot.EventId != seen)
                {
                    seen = snapshot.EventId;
                    await stream.Send(snapshot.Event);
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
    }
}
