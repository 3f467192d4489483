using System.Globalization;
using VoteTracker.Features.Backup;

namespace VoteTracker.Features.Doctor;

/// <summary>The age of the newest backup in a folder. Other files are no backups.</summary>
internal sealed class BackupCheck : ICheck
{
    private const string Check = "backup";

    // A daily backup that is a little late is not old.
    private static readonly TimeSpan Old = TimeSpan.FromHours(26);
    private static readonly TimeSpan VeryOld = TimeSpan.FromDays(8);

    // In a folder of backups that the service does not write, their names are the operator's.
    private static readonly string[] Endings = [".db", ".gz", ".age", ".dump", ".sql", ".tar"];

    public Task<IReadOnlyList<Finding>> Run(Examination examination) =>
        Task.FromResult<IReadOnlyList<Finding>>([Find(examination)]);

    private static Finding Find(Examination examination)
    {
        if (examination.Backups is not { } folder)
        {
            return Finding.Warning(
                Check,
                "It is unknown where the backups are.",
                "Make a backup every day, on another machine too. Set BackupFolder, or name their folder with --backups."
            );
        }
        if (FindNewest(examination.Settings, folder) is not { } newest)
        {
            return Finding.Error(
                Check,
                $"There is no backup in {folder}.",
                "Make one now, and every day: VoteTracker backup FILE, or pg_dump for PostgreSQL."
            );
        }
        var age = examination.Clock.GetUtcNow() - new DateTimeOffset(newest.LastWriteTimeUtc);
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"The newest backup, {newest.Name}, is {age.TotalHours:N0} hours old."
        );
        return age > VeryOld ? Finding.Error(Check, message, "Make a backup now, and find out why there was none.")
            : age > Old ? Finding.Warning(Check, message, "Make a backup every day.")
            : Finding.Ok(Check, message);
    }

    private static FileInfo? FindNewest(Settings settings, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }
        var files =
            BackupFolder.FromSettings(settings) is { } scheduled && scheduled.IsAt(folder)
                ? scheduled.List().Select(backup => new FileInfo(backup.Path))
                : new DirectoryInfo(folder).EnumerateFiles().Where(file => Endings.Contains(file.Extension));
        return files.Where(file => file.Length > 0).MaxBy(file => file.LastWriteTimeUtc);
    }
}
