using System.CommandLine;
using VoteTracker.Features.Backup.Archives;

namespace VoteTracker.Features.Backup;

/// <summary>`--key-file FILE`: the key of an encrypted backup. Otherwise the setting `BackupKeyFile` names it.</summary>
internal static class KeyFileOption
{
    private const string Name = "--key-file";

    public static Option<string?> Create() =>
        new(Name) { Description = "The file with the key of an encrypted backup: 32 random bytes in base64." };

    /// <summary>Loads the key; a <see cref="SettingException"/> if neither the option nor the setting names it.</summary>
    public static BackupKey Load(string? option, Settings settings) =>
        option is not null ? BackupKey.Load(Name, option)
        : settings.BackupKeyFile.Length > 0 ? BackupKey.Load(nameof(settings.BackupKeyFile), settings.BackupKeyFile)
        : throw new SettingException(
            $"An encrypted backup needs a key. Name its file with {Name} or the setting BackupKeyFile. To create a key: {BackupKey.HowToCreate}. Without the key, nobody can read the backup: keep a copy elsewhere."
        );
}
