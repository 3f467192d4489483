using System.Threading.RateLimiting;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Security;

/// <summary>
/// The requests per minute of each key, so that one program in a loop does not delay the team. Current tallies, breakdowns
/// and streams come from memory and do not count.
/// </summary>
internal sealed class KeyBudget(Settings settings) : IDisposable
{
    private readonly Lazy<PartitionedRateLimiter<string>> _limiter = new(() =>
        PartitionedRateLimiter.Create<string, string>(key =>
            RateLimitPartition.GetTokenBucketLimiter(
                key,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = settings.KeyRequestsPerMinute,
                    TokensPerPeriod = Math.Max(1, settings.KeyRequestsPerMinute / 60),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 / Math.Min(settings.KeyRequestsPerMinute, 60)),
                    QueueLimit = 0,
                }
            )
        )
    );

    /// <summary>Spends one request of a caller; returns the problem if nothing is left.</summary>
    public IResult? Spend(HttpContext http, Caller caller)
    {
        if (settings.KeyRequestsPerMinute == 0 || http.GetEndpoint()?.Metadata.GetMetadata<FromMemory>() is not null)
        {
            return null;
        }
        using var lease = _limiter.Value.AttemptAcquire(caller.KeyId ?? "");
        return lease.IsAcquired
            ? null
            : Problems.TooMany(
                http,
                lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
                ProblemTypes.TooManyOfKey.Create(settings.KeyRequestsPerMinute)
            );
    }

    public void Dispose()
    {
        if (_limiter.IsValueCreated)
        {
            _limiter.Value.Dispose();
        }
    }
}
