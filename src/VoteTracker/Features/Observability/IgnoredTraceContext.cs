using System.Diagnostics;

namespace VoteTracker.Features.Observability;

/// <summary>
/// Ignores the trace context and the baggage of clients. Otherwise a client could decide that its requests are recorded, and
/// send texts to the collector. Each request begins a trace.
/// </summary>
internal sealed class IgnoredTraceContext : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void ExtractTraceIdAndState(
        object? carrier,
        PropagatorGetterCallback? getter,
        out string? traceId,
        out string? traceState
    ) => (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier,
        PropagatorGetterCallback? getter
    ) => null;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) { }
}
