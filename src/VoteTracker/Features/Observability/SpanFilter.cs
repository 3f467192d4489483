using System.Collections.Frozen;
using System.Diagnostics;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Features.Observability;

/// <summary>
/// Removes from a span what is not in a list, before it is exported. A path can have the secret of a share link or of a
/// calendar, and the message of a failed statement can have a value.
/// </summary>
/// <remarks>
/// It is a listener and not a processor of OpenTelemetry. The start looks at every type of the program, and a type with a
/// base class of OpenTelemetry would load it, also with all its settings off.
/// </remarks>
internal static class SpanFilter
{
    /// <summary>The source of the spans of requests.</summary>
    public const string Requests = "Microsoft.AspNetCore";

    public const string Method = "http.request.method";
    public const string Route = "http.route";
    public const string Status = "http.response.status_code";

    private static readonly FrozenSet<string> Kept = new[]
    {
        Method,
        Route,
        Status,
        "error.type",
        DatabaseTraces.Writes,
        "db.system.name",
        "db.namespace",
        "db.operation.name",
        // The text of a statement has no values: they are parameters.
        "db.query.text",
        "db.response.status_code",
        "server.address",
        "server.port",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Begins to filter. Listeners are notified in the order in which they were added, so this one must be added before the
    /// one that exports, and be disposed of after it.
    /// </summary>
    public static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source =>
                source.Name is Requests or DatabaseTraces.Source or DatabaseTraces.Statements,
            ActivityStopped = Filter,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void Filter(Activity data)
    {
        // An event cannot be removed, and that of an exception has its message. The span around it has the failure too.
        if (data.Events.Any(occurred => occurred.Name == "exception"))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }
        foreach (var (key, _) in data.TagObjects.ToList())
        {
            if (!Kept.Contains(key) || (data.Source.Name == Requests && IsOfServer(key)))
            {
                data.SetTag(key, null);
            }
        }
        // Without its description, which can be the message of an exception.
        data.SetStatus(data.Status);
        data.TraceStateString = null;
    }

    // A client chooses the host of a request.
    private static bool IsOfServer(string key) => key.StartsWith("server.", StringComparison.Ordinal);
}
