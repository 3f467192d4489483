using System.Threading.RateLimiting;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// Limits expensive reads: only a few are open, and fewer use a processor at the same time. Others wait in a queue. If the
/// queue is full or the wait is too long, the response is a 503 with `Retry-After`.
/// </summary>
/// <remarks>
/// Clients with a key have their own queue and half of the turns, so that anonymous clients cannot block them. A waiting
/// read holds no connection and uses no processor. Rejecting it at once would cost more, because many clients retry at
/// once.
/// </remarks>
internal sealed class ExpensiveReads(Settings settings, TimeProvider clock) : IDisposable
{
    private const int MaxOpen = 4;
    private const int MaxWaiting = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly PlacesPerClient _ofCaller = new(settings.ExpensiveReadsPerCaller);
    private readonly ConcurrencyLimiter _withKey = Queue();
    private readonly ConcurrencyLimiter _withoutKey = Queue();
    private readonly RequestQueue _turns = new(
        settings.ExpensiveReads > 0 ? settings.ExpensiveReads : Math.Max(1, Environment.ProcessorCount / 2)
    );

    /// <summary>Runs a read when it is its turn, or returns 503; 429 if its caller has too many reads.</summary>
    public async Task Run(HttpContext http, RequestDelegate read)
    {
        // A wrong key was rejected before this. A session has the queue of its key.
        var hasKey = http.Request.Headers.Authorization.Count > 0 || SessionCookie.NamesCaller(http);
        var caller = CallerOf(http, hasKey);
        if (!_ofCaller.TryTake(caller))
        {
            await Problems
                .TooMany(http, RetryAfter, ProblemTypes.TooManyReads.Create(settings.ExpensiveReadsPerCaller))
                .ExecuteAsync(http);
            return;
        }
        try
        {
            await Run(http, read, hasKey);
        }
        finally
        {
            _ofCaller.Return(caller);
        }
    }

    private async Task Run(HttpContext http, RequestDelegate read, bool hasKey)
    {
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

    /// <summary>How many reads are open, and how many wait.</summary>
    public (long Open, long Waiting) Count()
    {
        var (withKey, withoutKey) = (_withKey.GetStatistics()!, _withoutKey.GetStatistics()!);
        return (
            (2 * MaxOpen) - withKey.CurrentAvailablePermits - withoutKey.CurrentAvailablePermits,
            withKey.CurrentQueuedCount + withoutKey.CurrentQueuedCount
        );
    }

    public void Dispose()
    {
        _withKey.Dispose();
        _withoutKey.Dispose();
    }

    /// <summary>Waits for one of the open reads to end; null if it waited too long.</summary>
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

    // A caller with a key is counted wherever it is, another one by its address. Two keys with one hash share a limit.
    private static UInt128 CallerOf(HttpContext http, bool hasKey) =>
        hasKey
            ? (UInt128)(uint)StringComparer.Ordinal.GetHashCode(SecretOf(http)) | UInt128.One << 127
            : ClientAddress.From(http);

    private static string SecretOf(HttpContext http) =>
        BearerKey.Read(http.Request.Headers.Authorization) ?? SessionCookie.Read(http) ?? "";

    private static ConcurrencyLimiter Queue() =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = MaxOpen,
                QueueLimit = MaxWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
}

/// <summary>Declares that the reads of an endpoint are expensive.</summary>
internal static class ExpensiveExtensions
{
    /// <summary>Only a few of its reads run at once. Others wait, or get a 503.</summary>
    public static RouteHandlerBuilder IsExpensive(this RouteHandlerBuilder route)
    {
        // A filter of the endpoint, because every poll passes the pipeline.
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
