using System.Threading.RateLimiting;

namespace VoteTracker.Http;

/// <summary>What each address may ask of the database without a valid key: so many requests a minute.</summary>
internal sealed class ReadingBudget(Settings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(
            address,
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

    /// <summary>
    /// Spends one request of the caller's address; answers how long to wait where nothing is left. The bucket tells the
    /// rest of its period, not a whole window.
    /// </summary>
    public TimeSpan? Spend(HttpContext http)
    {
        if (settings.AnonymousRequestsPerMinute == 0)
        {
            return null;
        }
        using var lease = _limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        if (lease.IsAcquired)
        {
            return null;
        }
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limiter.Dispose();
}
