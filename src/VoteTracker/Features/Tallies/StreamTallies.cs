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

/// <summary>Tells whoever listens the newest tallies of all resolutions that it may see: for a wall of dashboards.</summary>
internal sealed class StreamTallies(Db db, TallyCache live, Heartbeat heartbeat, ApiKeyStore keys, TimeProvider clock)
    : EndpointWithoutRequest
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
                    "Server-sent events, one `event: tally` a resolution, as its own stream has them: at once those that are still to be voted on, then each that changes, the newest state only. Without a key, the public ones. Whoever comes back is told the present states again."
                )
                .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        using var stream = new EventStream(HttpContext, heartbeat, live.Join());
        await stream.Begin();
        if (HttpContext.IsHead())
        {
            return;
        }
        try
        {
            var seen = new Dictionary<string, string>(StringComparer.Ordinal);
            // The mark before the list: what changes while it is read is told again rather than missed.
            var mark = live.CommitNumber;
            var day = NewYork.DayOf(clock.GetUtcNow());
            var ids = await StillToBeVotedOn();
            while (stream.IsOpen && await keys.IsStillValid(caller))
            {
                foreach (var id in ids)
                {
                    if (
                        await ReadyAnswer.See(live, id, caller) is { } snapshot
                        && seen.GetValueOrDefault(id) != snapshot.EventId
                    )
                    {
                        seen[id] = snapshot.EventId;
                        await stream.Send(snapshot.Event);
                    }
                }
                await stream.Wait();
                (mark, ids) = live.ChangedSince(mark);
                // A day that begins can change who may vote, and no commit tells of it.
                if (NewYork.DayOf(clock.GetUtcNow()) is var today && today != day)
                {
                    day = today;
                    ids = [.. ids.Union(await StillToBeVotedOn())];
                }
            }
            await stream.End();
        }
        catch (OperationCanceledException) when (HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The listener went away.
        }
    }

    private Task<IReadOnlyList<string>> StillToBeVotedOn() =>
        db.Read<IReadOnlyList<string>>(async connection =>
            [
                .. await connection.QueryAsync<string>(
                    "SELECT id FROM resolution WHERE status IN ('drafting', 'tabled') ORDER BY ordinal"
                ),
            ]
        );
}
