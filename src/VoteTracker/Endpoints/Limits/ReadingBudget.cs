using System.Threading.RateLimiting;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// The requests per minute of each client without a valid key: reads of the database, and requests with a wrong key. Each
/// has its own count, so a client that guesses keys does not use up the reads of others behind its address.
/// </summary>
internal sealed class ReadingBudget(Settings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<Spending> _limiter = PartitionedRateLimiter.Create<Spending, Spending>(
        spending =>
            RateLimitPartition.GetTokenBucketLimiter(
                spending,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = Math.Max(1, settings.AnonymousRequestsPerMinute),
                    TokensPerPeriod = Math.Max(1, settings.AnonymousRequestsPerMinute / 60),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(
                        60.0 / Math.Clamp(settings.AnonymousRequestsPerMinute, 1, 60)
                    ),
                    QueueLimit = 0,
                }
            )
    );

    /// <summary>Spends one read without a key; returns how long to wait if nothing is left.</summary>
    public TimeSpan? SpendRead(HttpContext http) => Spend(http, isWrongKey: false);

    /// <summary>Spends one request with a wrong key; returns how long to wait if nothing is left.</summary>
    public TimeSpan? SpendWrongKey(HttpContext http) => Spend(http, isWrongKey: true);

    /// <summary>Returns how long a client with many wrong keys must wait; null if it may try another one.</summary>
    /// <remarks>
    /// A bucket with a part of a token lets a request of zero tokens pass, so the whole tokens are read instead.
    /// </remarks>
    public TimeSpan? WaitAfterWrongKeys(HttpContext http) =>
        settings.AnonymousRequestsPerMinute == 0
        || _limiter.GetStatistics(SpendingOf(http, isWrongKey: true)) is { CurrentAvailablePermits: > 0 }
            ? null
            : Spend(http, isWrongKey: true);

    // The bucket returns the rest of its period, not a whole window.
    private TimeSpan? Spend(HttpContext http, bool isWrongKey)
    {
        if (settings.AnonymousRequestsPerMinute == 0)
        {
            return null;
        }
        using var lease = _limiter.AttemptAcquire(SpendingOf(http, isWrongKey));
        if (lease.IsAcquired)
        {
            return null;
        }
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limiter.Dispose();

    private static Spending SpendingOf(HttpContext http, bool isWrongKey) => new(ClientAddress.From(http), isWrongKey);

    private readonly record struct Spending(UInt128 Client, bool IsWrongKey);
}
