using System.Threading.RateLimiting;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// Bounds what expensive reads cost: a few are begun, and fewer use a processor at the same time. Others wait; one that
/// waits too long, or that finds the queue full, is a 503 with `Retry-After`.
/// </summary>
/// <remarks>
/// Clients with a key have a queue of their own, and half of the turns, so that clients without one cannot keep them
/// waiting. A waiting read holds no connection and uses no processor. Refusing it at once would cost more, because many
/// clients try again at once.
/// </remarks>
internal sealed class ExpensiveReads(Settings settings, TimeProvider clock) : IDisposable
{
    private const int MostBegun = 4;
    private const int MostWaiting = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _withKey = Queue();
    private readonly ConcurrencyLimiter _withoutKey = Queue();
    private readonly RequestQueue _turns = new(
        settings.ExpensiveReads > 0 ? settings.ExpensiveReads : Math.Max(1, Environment.ProcessorCount / 2)
    );

    /// <summary>Runs a read when it is its turn, or answers 503.</summary>
    public async Task Run(HttpContext http, RequestDelegate read)
    {
        // A wrong key has been refused before.
        var hasKey = http.Request.Headers.Authorization.Count > 0;
        using var place = await Begin(http, hasKey);
        if (place is not { IsAcquired: true })
        {
            await Problems
                .Unavailable(http, "Too many expensive reads, such as exports, are running.", RetryAfter)
                .ExecuteAsync(http);
            return;
        }
        using var turn = new RequestTurn(_turns, hasKey);
        await turn.Resume();
        http.Features.Set(turn);
        await read(http);
    }

    public void Dispose()
    {
        _withKey.Dispose();
        _withoutKey.Dispose();
    }

    /// <summary>Takes a place among the reads that are begun; null if it waited too long.</summary>
    internal async ValueTask<RateLimitLease?> Begin(HttpContext? http, bool hasKey)
    {
        var queue = hasKey ? _withKey : _withoutKey;
        if (queue.AttemptAcquire() is { IsAcquired: true } free)
        {
            return free;
        }
        using var tooLong = new CancellationTokenSource(LongestWait, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            tooLong.Token,
            http?.RequestAborted ?? CancellationToken.None
        );
        try
        {
            return await queue.AcquireAsync(cancellationToken: stop.Token);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            return null;
        }
    }

    private static ConcurrencyLimiter Queue() =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = MostBegun,
                QueueLimit = MostWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
}

/// <summary>Says where an endpoint is mapped that its reads are expensive.</summary>
internal static class ExpensiveExtensions
{
    /// <summary>Few of its reads run at once; the others wait, or are a 503.</summary>
    public static RouteHandlerBuilder IsExpensive(this RouteHandlerBuilder route)
    {
        // Around the endpoint and not in the pipeline, which every poll passes.
        route.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } read)
            {
                endpoint.RequestDelegate = http =>
                    http.RequestServices.GetRequiredService<ExpensiveReads>().Run(http, read);
            }
        });
        return route.Fails(StatusCodes.Status503ServiceUnavailable);
    }
}
