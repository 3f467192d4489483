using System.Threading.RateLimiting;

namespace VoteTracker.Http;

/// <summary>
/// A limit for who reads the database without a key, so that nobody keeps the lobbyists waiting. What is answered from
/// memory (tallies, breakdowns, streams) and whoever has a key is never limited.
/// </summary>
internal static class ReadingLimit
{
    public static IServiceCollection AddReadingLimit(this IServiceCollection services) =>
        services.AddSingleton<Limiter>();

    public static IApplicationBuilder UseReadingLimit(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                var limiter = http.RequestServices.GetRequiredService<Limiter>();
                if (!limiter.Applies(http) || limiter.Enter(http) is not { } wait)
                {
                    await next(http);
                    return;
                }
                await Problems.TooMany(http, wait).ExecuteAsync(http);
            }
        );

    private sealed class Limiter(Settings settings) : IDisposable
    {
        private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
            address =>
                RateLimitPartition.GetTokenBucketLimiter(
                    address,
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = Math.Max(1, settings.AnonymousRequestsPerMinute),
                        TokensPerPeriod = Math.Max(1, settings.AnonymousRequestsPerMinute / 60),
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        QueueLimit = 0,
                    }
                )
        );

        public bool Applies(HttpContext http) =>
            settings.AnonymousRequestsPerMinute > 0
            && http.Request.Headers.Authorization.Count == 0
            && http.GetEndpoint()?.Metadata.GetMetadata<FromMemory>() is null;

        /// <summary>How long to wait; null where it may go on.</summary>
        public TimeSpan? Enter(HttpContext http)
        {
            using var lease = _limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
            return lease.IsAcquired ? null
                : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait
                : TimeSpan.FromSeconds(1);
        }

        public void Dispose() => _limiter.Dispose();
    }
}

/// <summary>Marks an endpoint that is answered from memory.</summary>
internal sealed record FromMemory;
