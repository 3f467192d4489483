using System.Threading.Channels;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>Wakes the sender. Several signals before it waits count as one.</summary>
internal sealed class SendSignal(TimeProvider clock) : IDisposable
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private ITimer? _timer;
    private Timer? _pace;

    /// <summary>Wakes the sender now.</summary>
    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Wakes it after a short time of the machine, which no test moves: to do the work of many signals together.</summary>
    public void SetAfter(TimeSpan delay) =>
        (_pace ??= new Timer(_ => Set())).Change(delay, System.Threading.Timeout.InfiniteTimeSpan);

    /// <summary>Waits for a signal, or for a time.</summary>
    public async Task Wait(TimeSpan most, CancellationToken stop)
    {
        _timer ??= clock.CreateTimer(
            _ => Set(),
            null,
            System.Threading.Timeout.InfiniteTimeSpan,
            System.Threading.Timeout.InfiniteTimeSpan
        );
        _timer.Change(most > TimeSpan.Zero ? most : TimeSpan.Zero, System.Threading.Timeout.InfiniteTimeSpan);
        await _signals.Reader.ReadAsync(stop);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _pace?.Dispose();
    }
}
