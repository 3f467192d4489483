using System.Threading.RateLimiting;

namespace VoteTracker.Http;

/// <summary>Marks an endpoint that is not limited: it is answered from memory, or asked by a probe.</summary>
internal sealed record FromMemory;

/// <summary>
/// A limit for who reads the database without a key, so that nobody keeps the lobbyists waiting. What is answered from
/// memory (tallies, breakdowns, streams, but of no past moment) and whoever has a key is never limited.
/// </summary>
internal sealed class ReadingLimit(RequestDelegate next, Settings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
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

    public Task InvokeAsync(HttpContext http) =>
        Applies(http) && Wait(http) is { } wait ? Problems.TooMany(http, wait).ExecuteAsync(http) : next(http);

    public void Dispose() => _limiter.Dispose();

    private bool Applies(HttpContext http) =>
        settings.AnonymousRequestsPerMinute > 0
        && http.Request.Headers.Authorization.Count == 0
        && (http.GetEndpoint()?.Metadata.GetMetadata<FromMemory>() is null || AsksThePast(http.Request));

    // Only the present is kept ready; the past is counted from the database each time.
    private static bool AsksThePast(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.ContainsKey("asOf");

    // How long to wait; null where it may go on. The bucket tells the rest of a second, not a whole window.
    private TimeSpan? Wait(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        if (lease.IsAcquired)
        {
            return null;
        }
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }
}
