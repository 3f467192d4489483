using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Background;
using VoteTracker.Features.Backup.Archives;

namespace VoteTracker.Features.Backup;

/// <summary>
/// Writes backups to `BackupFolder` at intervals, deletes old ones, and runs the operator's program. A backup is due if the
/// folder has none of the last interval, so a restart or a wrong clock does not skip one. A run that failed is repeated
/// after a quarter of an hour.
/// </summary>
internal sealed class BackupSchedule(
    Settings settings,
    Db db,
    BackupWriter writer,
    BackupState state,
    TimeProvider clock,
    ILogger<BackupSchedule> log
) : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(15);

    private readonly BackupFolder? _folder = BackupFolder.FromSettings(settings);
    private readonly List<string> _notCopied = [];
    private ArchiveForm _form = new(settings.BackupCompress, Key: null);
    private IDisposable? _locked;
    private long? _failedAt;

    /// <summary>
    /// Opens the folder and loads the key, before the service starts. A <see cref="SettingException"/> says why that is not
    /// possible. Without the setting, nothing is done.
    /// </summary>
    public void Open()
    {
        if (_folder is null)
        {
            return;
        }
        if (settings.BackupKeyFile.Length > 0)
        {
            _form = _form with { Key = BackupKey.Load(nameof(settings.BackupKeyFile), settings.BackupKeyFile) };
        }
        _locked = _folder.Open();
        state.Found(_folder.List() is [.., var last] ? new LastBackup(last, Duration: null) : null);
    }

    public override Task StartAsync(CancellationToken cancellationToken) =>
        _locked is null ? Task.CompletedTask : base.StartAsync(cancellationToken);

    public override void Dispose()
    {
        _locked?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeat.Every(
            CheckInterval,
            clock,
            () => IsDue() ? Run(_folder!, stoppingToken) : Task.CompletedTask,
            stoppingToken
        );

    // The clock of the machine can be set. The time since a failure does not depend on it.
    private bool IsDue()
    {
        if (_failedAt is { } failed && clock.GetElapsedTime(failed) < RetryInterval)
        {
            return false;
        }
        var now = clock.GetUtcNow();
        try
        {
            return !_folder!.List().Any(b => b.At <= now && b.At > now.AddHours(-settings.BackupEveryHours));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The run reports why the folder cannot be read.
            return true;
        }
    }

    private async Task Run(BackupFolder folder, CancellationToken stop)
    {
        var begun = clock.GetTimestamp();
        try
        {
            var path = folder.NextPath(clock.GetUtcNow(), _form);
            if (await CopyEntry.TryAdd(db, AuditEntry.Service, "backup") is not null)
            {
                log.LogWarning("The audit has no entry of this backup, because the database cannot be written.");
            }
            // SQLite cannot be cancelled. A stop does not wait for it, and the next start deletes the unfinished file.
            await Task.Run(() => writer.Write(path, _form), stop).WaitAsync(stop);
            var duration = clock.GetElapsedTime(begun);
            var backup = folder.List()[^1];
            state.Succeeded(new LastBackup(backup, duration));
            _failedAt = null;
            log.LogInformation(
                "The backup {File} was written and verified: {Bytes} bytes in {Milliseconds} ms.",
                backup.Path,
                backup.Bytes,
                (long)duration.TotalMilliseconds
            );
        }
        catch (Exception exception) when (BackupFaults.Include(exception) || exception is SettingException)
        {
            _failedAt = clock.GetTimestamp();
            state.Failed(clock.GetUtcNow(), exception.Message);
            log.LogError("The scheduled backup failed: {Reason}", exception.Message);
            return;
        }
        DeleteOldest(folder);
        if (settings.BackupCommand.Length > 0)
        {
            await Copy(stop);
        }
    }

    private void DeleteOldest(BackupFolder folder)
    {
        try
        {
            folder.DeleteOldest(settings.BackupKeep);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError("Old backups could not be deleted: {Reason}", exception.Message);
        }
    }

    // Those that were not copied before are copied first.
    private async Task Copy(CancellationToken stop)
    {
        var program = new BackupProgram(settings);
        _notCopied.Add(state.Last!.File.Path);
        _notCopied.RemoveAll(path => !File.Exists(path));
        foreach (var path in _notCopied.ToList())
        {
            var begun = clock.GetTimestamp();
            if (await program.Run(path, stop) is { } failure)
            {
                state.CommandFailed(clock.GetUtcNow(), failure);
                log.LogError("The backup {File} was not copied to another place: {Reason}.", path, failure);
                return;
            }
            _notCopied.Remove(path);
            log.LogInformation(
                "BackupCommand copied {File} in {Milliseconds} ms.",
                path,
                (long)clock.GetElapsedTime(begun).TotalMilliseconds
            );
        }
        state.CommandSucceeded();
    }
}
