namespace VoteTracker.Features.Observability;

/// <summary>The kind of an instrument.</summary>
internal enum InstrumentKind
{
    /// <summary>A number since the start, which only increases.</summary>
    Counter,

    /// <summary>A number now.</summary>
    Gauge,

    /// <summary>How often values in each of some ranges occurred.</summary>
    Histogram,
}

/// <summary>
/// A metric of the service. Documents, alert rules and the dashboard are tested against this list. Over 200 lines because all
/// descriptions are here.
/// </summary>
/// <param name="Name">The name in OpenTelemetry.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Unit">The unit (UCUM); what is counted is in braces.</param>
/// <param name="Description">The description, also with its labels.</param>
internal sealed record Instrument(string Name, InstrumentKind Kind, string Unit, string Description)
{
    public static readonly Instrument Writes = new(
        "votetracker.writes",
        InstrumentKind.Counter,
        "{write}",
        "Writes of requests and of the service itself. The label `result` is `committed` or `rolled-back`: a dry run of an import, for example."
    );

    public static readonly Instrument FailedWrites = new(
        "votetracker.writes.failed",
        InstrumentKind.Counter,
        "{write}",
        "Writes that were rejected with a 503. The label `reason` is `queue-full`, `storage`, `unknown` (the connection was lost during the commit) or `database`."
    );

    public static readonly Instrument Commits = new(
        "votetracker.commits",
        InstrumentKind.Counter,
        "{commit}",
        "Commits. One commit has all writes that waited for it."
    );

    public static readonly Instrument CommitDuration = new(
        "votetracker.commit.duration",
        InstrumentKind.Histogram,
        "s",
        "The time from the start of a transaction until it is on disk."
    );

    public static readonly Instrument CommitWrites = new(
        "votetracker.commit.writes",
        InstrumentKind.Histogram,
        "{write}",
        "The number of writes in a commit."
    );

    public static readonly Instrument WriteQueue = new(
        "votetracker.write.queue",
        InstrumentKind.Gauge,
        "{write}",
        "Writes that wait."
    );

    public static readonly Instrument WriteQueueLimit = new(
        "votetracker.write.queue.limit",
        InstrumentKind.Gauge,
        "{write}",
        "How many writes may wait: the setting `WriteQueue`."
    );

    public static readonly Instrument Streams = new(
        "votetracker.streams",
        InstrumentKind.Gauge,
        "{stream}",
        "Open streams of tallies."
    );

    public static readonly Instrument SnapshotAge = new(
        "votetracker.snapshot.age",
        InstrumentKind.Gauge,
        "s",
        "How old a tally in a response can be: how long its load has been running, or the replica lag, if that is longer."
    );

    public static readonly Instrument ReplicaLag = new(
        "votetracker.replica.lag",
        InstrumentKind.Gauge,
        "s",
        "How long commits of other replicas have not been received; 0 while they are, and with SQLite."
    );

    public static readonly Instrument PendingWebhooks = new(
        "votetracker.webhooks.pending",
        InstrumentKind.Gauge,
        "{delivery}",
        "Deliveries of enabled webhooks that are not yet delivered."
    );

    public static readonly Instrument OldestWebhook = new(
        "votetracker.webhooks.oldest",
        InstrumentKind.Gauge,
        "s",
        "The age of the oldest of these deliveries; 0 if there are none."
    );

    public static readonly Instrument DisabledWebhooks = new(
        "votetracker.webhooks.disabled",
        InstrumentKind.Gauge,
        "{webhook}",
        "Webhooks that the service disabled because their receivers failed."
    );

    public static readonly Instrument RunningExports = new(
        "votetracker.exports.running",
        InstrumentKind.Gauge,
        "{export}",
        "Exports and other expensive reads that are open."
    );

    public static readonly Instrument WaitingExports = new(
        "votetracker.exports.waiting",
        InstrumentKind.Gauge,
        "{export}",
        "Exports and other expensive reads that wait."
    );

    public static readonly Instrument RunningImports = new(
        "votetracker.imports.running",
        InstrumentKind.Gauge,
        "{import}",
        "Imports of recorded votes that run in this process."
    );

    public static readonly Instrument DatabaseBytes = new(
        "votetracker.database.size",
        InstrumentKind.Gauge,
        "By",
        "The size of the database: the file, or the database on the server."
    );

    public static readonly Instrument LogBytes = new(
        "votetracker.database.log",
        InstrumentKind.Gauge,
        "By",
        "The size of the write-ahead log; only with SQLite."
    );

    public static readonly Instrument DiskFree = new(
        "votetracker.disk.free",
        InstrumentKind.Gauge,
        "By",
        "The free space of the disk with the database file; with PostgreSQL, of the one for temporary files."
    );

    public static readonly Instrument DiskSize = new(
        "votetracker.disk.size",
        InstrumentKind.Gauge,
        "By",
        "The size of that disk."
    );

    public static readonly Instrument Ready = new(
        "votetracker.ready",
        InstrumentKind.Gauge,
        "",
        "1 if the database can be read and writing is not stopped, otherwise 0."
    );

    public static readonly Instrument BackupAge = new(
        "votetracker.backup.age",
        InstrumentKind.Gauge,
        "s",
        "The age of the newest scheduled backup. Absent without `BackupFolder`, or if there is no backup yet."
    );

    public static readonly Instrument BackupFailing = new(
        "votetracker.backup.failing",
        InstrumentKind.Gauge,
        "",
        "1 if the last scheduled backup failed, or its copy in another place, otherwise 0. Absent without `BackupFolder`."
    );

    public static readonly Instrument CertificateLeft = new(
        "votetracker.certificate.left",
        InstrumentKind.Gauge,
        "s",
        "The time until the certificate of the service expires; negative afterwards. Absent without `Certificate`."
    );

    /// <summary>All metrics, in the order of the documents.</summary>
    public static readonly IReadOnlyList<Instrument> All =
    [
        Ready,
        Writes,
        FailedWrites,
        Commits,
        CommitDuration,
        CommitWrites,
        WriteQueue,
        WriteQueueLimit,
        Streams,
        SnapshotAge,
        ReplicaLag,
        PendingWebhooks,
        OldestWebhook,
        DisabledWebhooks,
        RunningExports,
        WaitingExports,
        RunningImports,
        DatabaseBytes,
        LogBytes,
        DiskFree,
        DiskSize,
        BackupAge,
        BackupFailing,
        CertificateLeft,
    ];

    /// <summary>The name in Prometheus, without the endings of histograms.</summary>
    public string PrometheusName =>
        Name.Replace('.', '_')
        + Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        }
        + (Kind == InstrumentKind.Counter ? "_total" : "");
}
