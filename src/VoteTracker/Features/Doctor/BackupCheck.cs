using System.Globalization;

namespace VoteTracker.Features.Doctor;

/// <summary>The age of the newest backup in a folder. Backups that are being written end with `.unfinished`.</summary>
internal sealed class BackupCheck : ICheck
{
    private const string Check = "backup";

    // A daily backup that is a little late is not old.
    private static readonly TimeSpan Old = TimeSpan.FromHours(26);
    private static readonly TimeSpan VeryOld = TimeSpan.FromDays(8);

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
        var newest = new DirectoryInfo(folder) is { Exists: true } directory
            ? directory
                .EnumerateFiles()
                .Where(file => file.Length > 0 && !file.Name.EndsWith(".unfinished", StringComparison.Ordinal))
                .MaxBy(file => file.LastWriteTimeUtc)
            : null;
        if (newest is null)
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
}
