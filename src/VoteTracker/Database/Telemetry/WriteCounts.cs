namespace VoteTracker.Database.Telemetry;

/// <summary>
/// What the writer has done since the start, for the metrics. The thread that has the turn of the queue adds to it, and
/// any thread reads it.
/// </summary>
internal sealed class WriteCounts
{
    private readonly long[] _failed = new long[Enum.GetValues<WriteFailure>().Length];
    private long _commits;
    private long _committed;
    private long _rolledBack;

    /// <summary>The commits that succeeded.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>The writes that were committed.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>The writes that were rolled back alone, for example because the version in the request was outdated.</summary>
    public long RolledBack => Interlocked.Read(ref _rolledBack);

    /// <summary>Receives the number of writes and the duration of each commit; null while nothing measures them.</summary>
    public Action<int, TimeSpan>? Measure { get; set; }

    /// <summary>The writes that were rejected with a 503 for this reason.</summary>
    public long Failed(WriteFailure reason) => Interlocked.Read(ref _failed[(int)reason]);

    /// <summary>Adds a commit, with its duration if something measures it.</summary>
    public void AddCommit(int committed, int rolledBack, TimeSpan? duration)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _committed, committed);
        if (rolledBack > 0)
        {
            Interlocked.Add(ref _rolledBack, rolledBack);
        }
        if (duration is { } time)
        {
            Measure?.Invoke(committed + rolledBack, time);
        }
    }

    /// <summary>Adds writes that were rejected with a 503.</summary>
    public void AddFailed(WriteFailure reason, int count = 1) => Interlocked.Add(ref _failed[(int)reason], count);

    /// <summary>Adds writes that were rejected because of this exception.</summary>
    public void AddFailed(Exception cause, int count) =>
        AddFailed(
            cause switch
            {
                StorageFaultException => WriteFailure.Storage,
                CommitUnknownException => WriteFailure.Unknown,
                _ => WriteFailure.Database,
            },
            count
        );
}

/// <summary>Why a write was rejected with a 503.</summary>
internal enum WriteFailure
{
    /// <summary>The queue of writes was full.</summary>
    QueueFull,

    /// <summary>The disk or the files of the database failed. Writing is stopped.</summary>
    Storage,

    /// <summary>The connection was lost during the commit, so the write may be committed.</summary>
    Unknown,

    /// <summary>The database could not commit.</summary>
    Database,
}
