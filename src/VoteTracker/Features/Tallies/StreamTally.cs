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

/// <summary>Tells whoever listens the newest tally, by server-sent events; never the ones in between.</summary>
internal sealed class StreamTally(TallyCache live, Heartbeat heartbeat, ApiKeyStore keys) : EndpointWithoutRequest
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
                    "Server-sent events: `event: tally`, `id:` the version (with the day, where a date alone changed who may vote), one `data:` line with the tally as GET answers it. The present state at once, unless Last-Event-ID names it; then each newer one, the newest only. A comment line every 15 seconds."
                )
                .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        string? seen = HttpContext.Request.Headers["Last-Event-ID"];
        if (await ReadyAnswer.See(live, id, caller, ETags.VersionOf(seen)) is null)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        using var stream = new EventStream(HttpContext, heartbeat, live.Join(id));
        await stream.Begin();
        if (HttpContext.IsHead())
        {
            return;
        }
        try
        {
            while (stream.IsOpen)
            {
                // What this listener may no longer see ends its stream; coming back, it is told why.
                if (!await keys.IsStillValid(caller) || await ReadyAnswer.See(live, id, caller) is not { } snapshot)
                {
                    return;
                }
                if (snapshot.EventId != seen)
                {
                    seen = snapshot.EventId;
                    await stream.Send(snapshot.Event);
                }
                // Woken while it wrote, it does not wait: it looks again at what is newest.
                await stream.Wait();
            }
            await stream.End();
        }
        catch (OperationCanceledException) when (HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The listener went away.
        }
    }
}
