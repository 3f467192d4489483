using System.Diagnostics;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// The steps of the process that sends: it makes events of changes, begins attempts, and saves their results. One thread at
/// a time runs a step; attempts run beside it.
/// </summary>
/// <remarks>Over 200 lines because the order of its steps is what keeps events complete and in order.</remarks>
internal sealed class DeliveryLoop(
    Db db,
    Outbox outbox,
    AttemptStore results,
    EventFinder finder,
    Attempts attempts,
    SendSignal signal,
    TimeProvider clock
)
{
    // The results and the changes of this time are read and written together: 20,000 deliveries a minute are then ten
    // transactions a second.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // Another replica does not notify of a change without a resolution, such as a task.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);

    private readonly string _sender = ApiKey.NewId();
    private readonly Dictionary<string, ReceiverLanes> _receivers = new(StringComparer.Ordinal);
    private List<Attempt> _unsaved = [];
    private long? _edits;
    private long? _lastWork;

    /// <summary>Whether another process has begun to send.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>Makes this process the one that sends.</summary>
    public Task Begin() => outbox.Begin(_sender);

    /// <summary>Runs a step. Returns how long to wait for the next without a signal; null if this process is to stop sending.</summary>
    public async Task<TimeSpan?> Step()
    {
        TakeEnded();
        if (_lastWork is { } last && Stopwatch.GetElapsedTime(last) is var elapsed && elapsed < Pace)
        {
            signal.SetAfter(Pace - elapsed);
        }
        else
        {
            _lastWork = Stopwatch.GetTimestamp();
            if (!await TryWork())
            {
                return null;
            }
        }
        var now = clock.Moment();
        foreach (var receiver in _receivers.Values)
        {
            foreach (var delivery in receiver.Begin(now))
            {
                attempts.Begin(receiver.Receiver.Webhook, delivery);
            }
        }
        var next = _receivers.Values.Select(receiver => receiver.NextAfter(now)).Min();
        return next - now < MostWait ? next - now : MostWait;
    }

    /// <summary>Ends: running attempts get a short time, and the results are saved.</summary>
    public async Task End()
    {
        await attempts.End();
        TakeEnded();
        await SaveResults();
    }

    // After a failure it is unknown what was committed, so everything is read again.
    private async Task<bool> TryWork()
    {
        try
        {
            return await Work();
        }
        catch
        {
            _edits = null;
            throw;
        }
    }

    private async Task<bool> Work()
    {
        await SaveResults();
        if (await outbox.LoadState() is not { } state)
        {
            return false;
        }
        if (state.Sender != _sender)
        {
            IsReplaced = true;
            return false;
        }
        if (state.HasLeftPending)
        {
            await results.FailSome();
            signal.Set();
        }
        if (state.Edits != _edits)
        {
            await Reload();
            _edits = state.Edits;
        }
        if (!await AddEvents(state))
        {
            return false;
        }
        await LoadPages();
        return true;
    }

    private async Task SaveResults()
    {
        if (_unsaved.Count > 0)
        {
            await results.Save(_unsaved);
            _unsaved = [];
        }
    }

    private void TakeEnded()
    {
        foreach (var attempt in attempts.TakeEnded())
        {
            _unsaved.Add(attempt);
            if (_receivers.TryGetValue(attempt.Delivery.Webhook, out var receiver))
            {
                receiver.End(attempt);
            }
        }
    }

    // A user changed a webhook, or lets deliveries be sent again.
    private async Task Reload()
    {
        finder.Clear();
        var enabled = await outbox.LoadReceivers();
        foreach (var (id, receiver) in _receivers)
        {
            receiver.Disable();
            if (!receiver.IsSending)
            {
                _receivers.Remove(id);
            }
        }
        foreach (var receiver in enabled)
        {
            var id = receiver.Webhook.Id;
            var lanes = await db.Read(connection => PendingStore.ListLanes(connection, id));
            if (!_receivers.TryGetValue(id, out var known))
            {
                _receivers.Add(id, known = new ReceiverLanes(receiver));
            }
            known.Reset(receiver, lanes);
        }
    }

    private async Task<bool> AddEvents(OutboxState state)
    {
        var enabled = _receivers.Values.Where(receiver => receiver.IsEnabled).ToList();
        var today = NewYork.DayOf(clock.GetUtcNow());
        if (enabled.Count == 0 || (state.Seq >= state.Newest && state.TasksOn >= today))
        {
            return true;
        }
        var (events, seq) = await FindEvents(state, enabled, today);
        var wanted = events.Where(sent => enabled.Exists(receiver => receiver.Wants(sent))).ToList();
        if (await outbox.Add(_sender, wanted, seq, today > state.TasksOn ? today : state.TasksOn) is not { } added)
        {
            IsReplaced = true;
            return false;
        }
        foreach (var delivery in added)
        {
            if (_receivers.TryGetValue(delivery.Webhook, out var receiver))
            {
                receiver.Add(delivery);
            }
        }
        if (seq < state.Newest)
        {
            signal.Set();
        }
        return true;
    }

    private Task<(IReadOnlyList<OutgoingEvent> Events, long Seq)> FindEvents(
        OutboxState state,
        List<ReceiverLanes> enabled,
        DateOnly today
    ) =>
        db.Read(async connection =>
        {
            // While no webhook was enabled, changes and days have not become events.
            var after = Math.Max(state.Seq, enabled.Min(receiver => receiver.Receiver.SinceSeq));
            var (events, seq) = await finder.Find(
                connection,
                after,
                state.Newest,
                enabled.Exists(receiver => receiver.WantsCounts)
            );
            var since = NewYork.DayOf(enabled.Min(receiver => receiver.Receiver.SinceAt));
            var from = since > state.TasksOn ? since : state.TasksOn;
            return from < today
                ? ([.. events, .. await finder.FindOverdue(connection, from, today)], seq)
                : (events, seq);
        });

    private async Task LoadPages()
    {
        foreach (var receiver in _receivers.Values)
        {
            foreach (var lane in receiver.LanesToLoad.ToList())
            {
                var id = receiver.Receiver.Webhook.Id;
                lane.AddPage(await db.Read(connection => PendingStore.List(connection, id, lane.Key, lane.LoadedTo)));
            }
        }
    }
}
