using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>When a delivery is attempted again. The last attempt is three days after the first.</summary>
internal static class RetrySchedule
{
    /// <summary>How long a delivery is attempted.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(3);

    /// <summary>The longest wait that a receiver can ask for with `Retry-After`.</summary>
    public static readonly TimeSpan MostRetryAfter = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
    ];

    /// <summary>The moment of the next attempt; null if the last one was the end.</summary>
    /// <param name="name">The id of the event, from which the jitter is computed.</param>
    /// <param name="attempts">The number of attempts that failed.</param>
    /// <param name="first">When the first of them ended.</param>
    /// <param name="now">When the last of them ended.</param>
    /// <param name="retryAfter">The wait that the receiver asks for.</param>
    public static DateTimeOffset? FindNext(
        string name,
        int attempts,
        DateTimeOffset first,
        DateTimeOffset now,
        TimeSpan? retryAfter = null
    )
    {
        var end = first + Most;
        if (now >= end)
        {
            return null;
        }
        var delay = Delays[Math.Min(attempts, Delays.Length) - 1] * Jitter(name, attempts);
        if (retryAfter is { } asked && asked > delay)
        {
            delay = asked < MostRetryAfter ? asked : MostRetryAfter;
        }
        return now + delay < end ? now + delay : end;
    }

    // 0.9 to 1.1, always the same for the same attempt. Receivers are then not all attempted at the same time.
    private static double Jitter(string name, int attempts) =>
        0.9 + 0.2 * SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {attempts}"))[0] / 255;
}
