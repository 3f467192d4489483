namespace VoteTracker.Features.Backup;

/// <summary>The state of the scheduled backups, for metrics and checks. Any thread may read it.</summary>
internal sealed class BackupState
{
    private volatile LastBackup? _last;
    private volatile BackupFailure? _failure;
    private volatile BackupFailure? _commandFailure;

    /// <summary>The newest backup that was verified; null if there is none. After a start it is found in the folder.</summary>
    public LastBackup? Last => _last;

    /// <summary>Why the last attempt failed; null if it did not.</summary>
    public BackupFailure? Failure => _failure;

    /// <summary>Why the last run of the program for copies in another place failed; null if it did not.</summary>
    public BackupFailure? CommandFailure => _commandFailure;

    public void Found(LastBackup? last) => _last = last;

    public void Succeeded(LastBackup last) => (_last, _failure) = (last, null);

    public void Failed(DateTimeOffset at, string reason) => _failure = new BackupFailure(at, reason);

    public void CommandSucceeded() => _commandFailure = null;

    public void CommandFailed(DateTimeOffset at, string reason) => _commandFailure = new BackupFailure(at, reason);
}

/// <summary>The newest backup, and how long it took; null if an earlier process wrote it.</summary>
internal sealed record LastBackup(KeptBackup File, TimeSpan? Duration);

/// <summary>When and why something failed.</summary>
internal sealed record BackupFailure(DateTimeOffset At, string Reason);
