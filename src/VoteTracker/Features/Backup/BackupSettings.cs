using System.Globalization;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup;

/// <summary>The values of the settings of scheduled backups, and the services of backups.</summary>
internal static class BackupSettings
{
    /// <summary>Checks the values that do not depend on files, which only the service checks.</summary>
    public static void Check(Settings settings, Action<bool, string> require)
    {
        require(
            settings.BackupFolder.Length == 0 || !Db.NamesHost(settings.Database),
            "BackupFolder is for SQLite, but Database names a PostgreSQL server. Remove BackupFolder, and use pg_basebackup: src/operations/backup.md."
        );
        Require(settings.BackupEveryHours, 1, 8_760, nameof(settings.BackupEveryHours));
        Require(settings.BackupKeep, 1, 10_000, nameof(settings.BackupKeep));
        Require(settings.BackupCommandSeconds, 1, 86_400, nameof(settings.BackupCommandSeconds));
        require(
            settings.BackupCommand.Length == 0 || settings.BackupFolder.Length > 0,
            "BackupCommand runs after a backup to BackupFolder, which is not set. Set BackupFolder, or remove BackupCommand."
        );

        void Require(int value, int least, int most, string name) =>
            require(
                value >= least && value <= most,
                string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. It must be from {least} to {most}.")
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
}
