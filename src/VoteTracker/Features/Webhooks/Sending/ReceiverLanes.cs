using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>A webhook and its lanes in memory. The loop of the sender is the only user.</summary>
internal sealed class ReceiverLanes(Receiver receiver)
{
    // A slow receiver has at most this number of attempts at the same time, and delays no other.
    private const int MostAttempts = 4;

    private static readonly string[] OfCounts =
    [
        EnumWord<WebhookEvent>.ToWord(WebhookEvent.ThresholdCrossed),
        EnumWord<WebhookEvent>.ToWord(WebhookEvent.OutlookChanged),
        EnumWord<WebhookEvent>.ToWord(WebhookEvent.ResolutionVoted),
    ];

    // The lane that began an attempt last is at the end.
    private readonly List<Lane> _lanes = [];

    /// <summary>The webhook.</summary>
    public Receiver Receiver { get; private set; } = receiver;

    /// <summary>Whether it is enabled. A disabled one stays until its attempts have ended.</summary>
    public bool IsEnabled { get; private set; } = true;

    /// <summary>Whether an attempt is running.</summary>
    public bool IsSending => _lanes.Exists(lane => lane.IsSending);

    /// <summary>Whether it wants events that depend on the count.</summary>
    public bool WantsCounts => IsEnabled && OfCounts.Any(type => HasWord(type));

    /// <summary>The lanes whose deliveries must be loaded.</summary>
    public IEnumerable<Lane> LanesToLoad => IsEnabled ? _lanes.Where(lane => lane.NeedsLoad) : [];

    /// <summary>Whether it wants an event.</summary>
    public bool Wants(OutgoingEvent sent) =>
        IsEnabled
        && HasWord(sent.Type)
        && (Receiver.Webhook.Resolution is null || Receiver.Webhook.Resolution == sent.Resolution);

    /// <summary>Replaces the webhook and the keys of its lanes. All deliveries are loaded again.</summary>
    public void Reset(Receiver receiver, IEnumerable<string> lanes)
    {
        (Receiver, IsEnabled) = (receiver, true);
        _lanes.RemoveAll(lane => !lane.IsSending);
        foreach (var key in lanes.Except(_lanes.Select(lane => lane.Key), StringComparer.Ordinal).ToList())
        {
            _lanes.Add(new Lane(key));
        }
        _lanes.ForEach(lane => lane.Reset());
    }

    /// <summary>Begins no more attempts.</summary>
    public void Disable() => IsEnabled = false;

    /// <summary>Adds a new delivery to its lane.</summary>
    public void Add(PendingDelivery delivery)
    {
        var lane = _lanes.Find(lane => lane.Key == delivery.Lane);
        if (lane is null)
        {
            _lanes.Add(lane = new Lane(delivery.Lane));
        }
        lane.Add(delivery);
    }

    /// <summary>Begins the attempts that are possible now.</summary>
    public IReadOnlyList<PendingDelivery> Begin(DateTimeOffset now)
    {
        _lanes.RemoveAll(lane => lane.IsEmpty);
        var free = IsEnabled ? MostAttempts - _lanes.Count(lane => lane.IsSending) : 0;
        var ready = _lanes.Where(lane => lane.NextAt <= now).Take(free).ToList();
        foreach (var lane in ready)
        {
            _lanes.Remove(lane);
            _lanes.Add(lane);
        }
        return [.. ready.Select(lane => lane.Begin())];
    }

    /// <summary>Ends an attempt. If it disables the webhook, no more begin.</summary>
    public void End(Attempt attempt)
    {
        _lanes.Find(lane => lane.Key == attempt.Delivery.Lane)?.End(attempt);
        IsEnabled &= attempt.Disables is null;
    }

    /// <summary>When the next attempt after a moment begins; null if there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now) =>
        IsEnabled ? _lanes.Select(lane => lane.NextAt).Where(next => next > now).Min() : null;

    private bool HasWord(string type) => Receiver.Webhook.Events.Contains($" {type} ", StringComparison.Ordinal);
}
