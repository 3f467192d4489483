using Dapper;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tallies;

/// <summary>Sends the newest tallies of all visible resolutions to a listener by server-sent events.</summary>
internal sealed class StreamTallies(
    Db db,
    TallyCache live,
    Heartbeat heartbeat,
    PageSessions sessions,
    TimeProvider clock
) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/v1/stream");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Listens to all tallies",
                    "Server-sent events, one `event: tally` for each resolution, as in its own stream. The resolutions that are still to be voted on are sent at once, then each one that changes, only its newest state. Without a key, only the public ones. A new connection gets the current states again. A comment line and an `event: heartbeat` are sent every 15 seconds."
                )
                .IsStream()
                .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        using var stream = new EventStream(HttpContext, heartbeat, live.Subscribe());
        await stream.Start();
        if (HttpContext.IsHead())
        {
            return;
        }
        try
        {
            var seen = new Dictionary<string, string>(StringComparer.Ordinal);
            // Before the list is read: a change during the read is sent twice rather than missed.
            var commitNumber = live.CommitNumber;
            var day = NewYork.DayOf(clock.GetUtcNow());
            var ids = await ListOpen();
            while (stream.IsOpen && await sessions.IsStillValid(HttpContext, caller))
            {
                foreach (var id in ids)
                {
                    if (
                        await live.FindVisible(id, caller) is { } snapshot
                        && seen.GetValueOrDefault(id) != snapshot.EventId
                    )
                    {
                        seen[id] = snapshot.EventId;
                        await stream.Send(snapshot.Event);
                    }
                }
                await stream.Wait();
                (commitNumber, ids) = live.ListChangedSince(commitNumber);
                // A new day can change which members may vote, without a commit.
                if (NewYork.DayOf(clock.GetUtcNow()) is var today && today != day)
                {
                    day = today;
                    ids = [.. ids.Union(await ListOpen())];
                }
            }
            await stream.Finish();
        }
        catch (OperationCanceledException) when (HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The listener closed the connection.
        }
    }

    private Task<IReadOnlyList<string>> ListOpen() =>
        db.Read<IReadOnlyList<string>>(async connection =>
            [
                .. await connection.QueryAsync<string>(
                    "SELECT id FROM resolution WHERE status IN ('drafting', 'tabled') ORDER BY ordinal"
                ),
            ]
        );
}
