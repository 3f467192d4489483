using System.Diagnostics;
using System.Globalization;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Live;

/// <summary>A listener that reconnects to the next replica with its last event when the stream ends.</summary>
internal sealed class ReconnectingListener(ReplicatedCampaign campaign, int replica, Stopwatch clock)
{
    private readonly List<(long Version, TimeSpan At)> _seen = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private long _last;

    public Task Begun => _begun.Task;

    public async Task Follow()
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        for (var at = replica; !_stop.IsCancellationRequested; at++)
        {
            try
            {
                await Listen(client, campaign.Replicas[at % campaign.Replicas.Length]);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The replica was killed, or the test stops.
            }
        }
    }

    public async Task Reaches(long version)
    {
        while (Volatile.Read(ref _last) < version)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>The moment at which it received this version or a newer one.</summary>
    public TimeSpan Saw(long version) => _seen.First(s => s.Version >= version).At;

    public static async Task End(List<ReconnectingListener> listeners, List<Task> following)
    {
        foreach (var listener in listeners)
        {
            await listener._stop.CancelAsync();
        }
        await Task.WhenAll(following);
    }

    private async Task Listen(HttpClient client, Service service)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(service.Address, $"v1/resolutions/{campaign.Id}/tally/stream")
        );
        if (_last > 0)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _last.ToString(CultureInfo.InvariantCulture));
        }
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(_stop.Token));
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                var version = long.Parse(line[4..], CultureInfo.InvariantCulture);
                version.ShouldBeGreaterThan(_last, "versions increase at every replica");
                _seen.Add((version, clock.Elapsed));
                Volatile.Write(ref _last, version);
                _begun.TrySetResult();
            }
        }
    }
}
