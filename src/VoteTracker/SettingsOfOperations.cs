using System.ComponentModel;

namespace VoteTracker;

/// <content>What an operator watches and keeps: metrics, logs, stops, backups, the audit.</content>
internal sealed partial record Settings
{
    /// <summary>The value of `LogFormat` for lines that people read.</summary>
    internal const string TextLogs = "text";

    /// <summary>The value of `LogFormat` for lines that programs read.</summary>
    internal const string JsonLogs = "json";

    [Description("Whether `GET /metrics` returns the metrics for Prometheus, to callers with an admin key.")]
    public bool Metrics { get; init; }

    [Description(
        "The address of a collector for OTLP over HTTP, such as `http://127.0.0.1:4318`. Metrics and traces are sent to it."
    )]
    public string OtlpEndpoint { get; init; } = "";

    [Description("The share of requests whose traces are sent to the collector, 0 to 1.")]
    public double TraceRatio { get; init; } = 0.01;

    [Description("The format of the log on standard output: `text`, or `json` with one object in each line.")]
    public string LogFormat { get; init; } = TextLogs;

    [Description(
        "At a stop: how many seconds requests are still served, while `/health/ready` is a 503, so that a balancer sends its requests elsewhere. A second signal ends this time."
    )]
    public int DrainSeconds { get; init; }

    [Description(
        "At a stop: how many seconds running requests may take before their connections are closed. The process exits at most 4 seconds later."
    )]
    public int StopSeconds { get; init; } = 5;

    [Description(
        "A folder of one campaign for backups that the service writes by itself. None without it; only on SQLite."
    )]
    public string BackupFolder { get; init; } = "";

    [Description("The hours between two such backups.")]
    public int BackupEveryHours { get; init; } = 24;

    [Description("How many such backups are kept. After each new one, older ones are deleted.")]
    public int BackupKeep { get; init; } = 14;

    [Description("Whether such backups are compressed with gzip.")]
    public bool BackupCompress { get; init; } = true;

    [Description(
        "A file with 32 random bytes in base64, readable by its owner only. Such backups are encrypted with it, and commands use it without `--key-file`."
    )]
    public string BackupKeyFile { get; init; } = "";

    [Description(
        "A program for copies in another place. It is run after each such backup with the path of the file as its only argument."
    )]
    public string BackupCommand { get; init; } = "";

    [Description("After how many seconds this program is ended as failed.")]
    public int BackupCommandSeconds { get; init; } = 3_600;

    [Description(
        "Audit: the days after which entries are deleted; 0 keeps them for ever. A clock that jumps delays the deletion by a day."
    )]
    public int AuditDays { get; init; } = 1_095;
}
