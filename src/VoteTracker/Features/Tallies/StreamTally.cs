using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Tallies;

/// <summary>Tells whoever listens the newest tally, by server-sent events; never the ones in between.</summary>
internal static class StreamTally
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/resolutions/{id}/tally/stream", Handle)
            .WithMetadata(new FromMemory())
            .Needs(Role.Anonymous)
            .Described(
                "StreamTally",
                "Tallies",
                "Listens to a tally",
                "Server-sent events: `event: tally`, `id:` the version (with the day, where a date alone changed who may vote), one `data:` line with the tally as GET answers it. The present state at once, unless Last-Event-ID names it; then each newer one, the newest only. A comment line every 15 seconds."
            )
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Fails(StatusCodes.Status404NotFound);

    private static async Task Handle(string id, HttpContext http, LiveTallies live, Heartbeat heartbeat)
    {
        var caller = Caller.Of(http);
        if (await ReadyAnswer.See(live, id, caller) is null)
        {
            await Problems.NoResolution(id).ExecuteAsync(http);
            return;
        }
        await Begin(http);
        if (http.IsHead())
        {
            return;
        }
        var aborted = http.RequestAborted;
        string? seen = http.Request.Headers["Last-Event-ID"];
        try
        {
            while (!aborted.IsCancellationRequested && !heartbeat.Stopping)
            {
                // Before reading what stands: a change that comes while we write is seen after the flush.
                var next = live.NextChange(id);
                // A tally that is no longer there for this listener ends its stream; coming back, it is told 404.
                if (await ReadyAnswer.See(live, id, caller) is not { } snapshot)
                {
                    return;
                }
                if (snapshot.EventId != seen)
                {
                    seen = snapshot.EventId;
                    await http.Response.BodyWriter.WriteAsync(snapshot.Event, aborted);
                    continue;
                }
                var beat = heartbeat.Count;
                await next.WaitAsync(aborted);
                if (heartbeat.Count != beat)
                {
                    await http.Response.BodyWriter.WriteAsync(":\n\n"u8.ToArray(), aborted);
                }
            }
            await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(Retry()), aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The listener went away.
        }
    }

    private static async Task Begin(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
        // The first bytes at once, or the headers wait for the first event.
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(Retry()), http.RequestAborted);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    // When to come back, spread out so that all do not come at once.
    private static string Retry() =>
        string.Create(CultureInfo.InvariantCulture, $"retry: {RandomNumberGenerator.GetInt32(1_000, 4_000)}\n\n");
}
