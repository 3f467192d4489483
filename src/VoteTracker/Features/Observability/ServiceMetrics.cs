using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using VoteTracker.Database;
using VoteTracker.Database.Telemetry;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Server;
using VoteTracker.Features.Backup;
using VoteTracker.Features.Imports;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Observability;

/// <summary>
/// Publishes the metrics of the service. Nearly all of them are read when they are exported, so the work that they measure
/// is the same with and without them. A counter is exported from the start, so that an alert sees its first increase.
/// </summary>
internal sealed class ServiceMetrics(
    IMeterFactory meters,
    Db db,
    TallyCache live,
    ExpensiveReads reads,
    RunningImports imports,
    Readings readings,
    BackupState backups,
    IServiceProvider services,
    Settings settings,
    TimeProvider clock,
    ILogger<ServiceMetrics> log
)
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "VoteTracker";

    private readonly ConcurrentDictionary<string, bool> _failed = new(StringComparer.Ordinal);

    /// <summary>Creates the instruments. They measure nothing until something exports them.</summary>
    public void Publish()
    {
        var meter = meters.Create(MeterName);
        PublishWrites(meter);
        Add(meter, Instrument.Ready, FindReady);
        Add(meter, Instrument.Streams, () => live.CountListeners());
        Add(meter, Instrument.SnapshotAge, () => Math.Max(live.LongestLoad.TotalSeconds, FindLag()));
        Add(meter, Instrument.ReplicaLag, () => FindLag());
        Add(meter, Instrument.PendingWebhooks, () => readings.Webhooks.Value?.Pending);
        Add(meter, Instrument.OldestWebhook, FindOldestWebhook);
        Add(meter, Instrument.DisabledWebhooks, () => readings.Webhooks.Value?.Disabled);
        Add(meter, Instrument.RunningExports, () => reads.Count().Open);
        Add(meter, Instrument.WaitingExports, () => reads.Count().Waiting);
        Add(meter, Instrument.RunningImports, () => imports.IsBusy ? 1 : 0);
        Add(meter, Instrument.DatabaseBytes, () => readings.Storage.Value?.Database);
        Add(meter, Instrument.LogBytes, () => readings.Storage.Value?.Log);
        Add(meter, Instrument.DiskFree, () => readings.Storage.Value?.DiskFree);
        Add(meter, Instrument.DiskSize, () => readings.Storage.Value?.DiskSize);
        if (settings.BackupFolder.Length > 0)
        {
            Add(meter, Instrument.BackupAge, () => (clock.GetUtcNow() - backups.Last?.File.At)?.TotalSeconds);
            Add(meter, Instrument.BackupFailing, () => (backups.Failure ?? backups.CommandFailure) is null ? 0 : 1);
        }
        if (ServerCertificate.IsSet(settings))
        {
            var certificate = services.GetRequiredService<ServerCertificate>();
            Add(meter, Instrument.CertificateLeft, () => (certificate.NotAfter - clock.GetUtcNow()).TotalSeconds);
        }
    }

    private void PublishWrites(Meter meter)
    {
        var counts = db.Counts;
        AddCounter(
            meter,
            Instrument.Writes,
            () => [With(counts.Committed, "result", "committed"), With(counts.RolledBack, "result", "rolled-back")]
        );
        AddCounter(
            meter,
            Instrument.FailedWrites,
            () =>
                Enum.GetValues<WriteFailure>()
                    .Select(reason => With(counts.Failed(reason), "reason", EnumWord<WriteFailure>.ToWord(reason)))
        );
        AddCounter(meter, Instrument.Commits, () => [new Measurement<long>(counts.Commits)]);
        Add(meter, Instrument.WriteQueue, () => db.Waiting);
        Add(meter, Instrument.WriteQueueLimit, () => settings.WriteQueue);
        var duration = meter.CreateHistogram<double>(
            Instrument.CommitDuration.Name,
            Instrument.CommitDuration.Unit,
            Instrument.CommitDuration.Description
        );
        var size = meter.CreateHistogram<int>(
            Instrument.CommitWrites.Name,
            Instrument.CommitWrites.Unit,
            Instrument.CommitWrites.Description
        );
        counts.Measure = (writes, time) =>
        {
            duration.Record(time.TotalSeconds);
            size.Record(writes);
        };
    }

    // A probe that does not end is a database that cannot be read.
    private double? FindReady() =>
        db.StorageFault is not null ? 0
        : readings.Readiness.HasRun ? (readings.Readiness.Value is { IsReady: true } ? 1 : 0)
        : null;

    private double FindLag() => live.Age?.TotalSeconds ?? 0;

    private double? FindOldestWebhook() =>
        readings.Webhooks.Value is not { } backlog ? null
        : backlog.OldestAt is { } oldest ? Math.Max(0, (clock.GetUtcNow() - oldest).TotalSeconds)
        : 0;

    private void Add(Meter meter, Instrument instrument, Func<double?> read) =>
        meter.CreateObservableGauge(
            instrument.Name,
            () => Observe<double>(instrument, () => read() is { } value ? [new Measurement<double>(value)] : []),
            instrument.Unit,
            instrument.Description
        );

    private void AddCounter(Meter meter, Instrument instrument, Func<IEnumerable<Measurement<long>>> read) =>
        meter.CreateObservableCounter(
            instrument.Name,
            () => Observe(instrument, read),
            instrument.Unit,
            instrument.Description
        );

    // An exception would end the thread that exports. A figure that cannot be read is absent.
    private IEnumerable<Measurement<T>> Observe<T>(Instrument instrument, Func<IEnumerable<Measurement<T>>> read)
        where T : struct
    {
        try
        {
            return [.. read()];
        }
        catch (Exception exception)
        {
            if (_failed.TryAdd(instrument.Name, true))
            {
                log.LogWarning("The metric {Metric} cannot be read: {Kind}", instrument.Name, exception.GetType().Name);
            }
            return [];
        }
    }

    private static Measurement<long> With(long value, string label, string word) =>
        new(value, new KeyValuePair<string, object?>(label, word));
}
