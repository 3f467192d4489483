using System.Globalization;
using VoteTracker.Database;
using static VoteTracker.SettingException;

namespace VoteTracker.Features.Backup;

/// <summary>The values of the settings of scheduled backups, and the services of backups.</summary>
internal static class BackupSettings
{
    /// <summary>
    /// Throws a <see cref="SettingException"/> that names the first wrong setting. Files are checked by the service only.
    /// </summary>
    public static void Check(Settings settings)
    {
        Require(
            settings.BackupFolder.Length == 0 || !Db.NamesHost(settings.Database),
            "BackupFolder is for SQLite, but Database names a PostgreSQL server. Remove BackupFolder, and use pg_basebackup: src/operations/backup.md."
        );
        RequireRange(settings.BackupEveryHours, 1, 8_760, nameof(settings.BackupEveryHours));
        RequireRange(settings.BackupKeep, 1, 10_000, nameof(settings.BackupKeep));
        RequireRange(settings.BackupCommandSeconds, 1, 86_400, nameof(settings.BackupCommandSeconds));
        Require(
            settings.BackupCommand.Length == 0 || settings.BackupFolder.Length > 0,
            "BackupCommand runs after a backup to BackupFolder, which is not set. Set BackupFolder, or remove BackupCommand."
        );
    }

    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<BackupState>();
        services.AddSingleton<BackupSchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<BackupSchedule>());
        return services;
    }

    private static void RequireRange(int value, int least, int most, string name) =>
        Require(
            value >= least && value <= most,
            string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. It must be from {least} to {most}.")
        );
}
