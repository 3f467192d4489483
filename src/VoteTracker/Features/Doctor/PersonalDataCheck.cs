using VoteTracker.Database;

namespace VoteTracker.Features.Doctor;

/// <summary>What protects the keys of personal data, and whether its files are there.</summary>
internal sealed class PersonalDataCheck : ICheck
{
    private const string Check = "personal-data";

    public Task<IReadOnlyList<Finding>> Run(Examination examination) =>
        Task.FromResult(
            Find(
                examination.Settings,
                examination.Database.File?.Path,
                examination.Database.Content is { HasProtectedKeys: true }
            )
        );

    private static IReadOnlyList<Finding> Find(Settings settings, string? databaseFile, bool hasProtectedKeys)
    {
        var files = Split(settings.ProtectionCertificate)
            .Select(path => JudgeFile(nameof(settings.ProtectionCertificate), path))
            .Concat(
                Split(settings.ProtectionKeyFile).Select(path => JudgeFile(nameof(settings.ProtectionKeyFile), path))
            )
            .ToList();
        if (files.Count > 0)
        {
            return files;
        }
        if (Db.NamesHost(settings.Database) || databaseFile is null)
        {
            return
            [
                Finding.Warning(
                    Check,
                    "Nothing outside the database protects the keys of personal data.",
                    "Set ProtectionKeyFile or ProtectionCertificate. A copy of the database then shows no texts about people."
                ),
            ];
        }
        var key = databaseFile + ".key";
        if (hasProtectedKeys && !File.Exists(key))
        {
            return
            [
                Finding.Error(
                    Check,
                    $"The texts about people are encrypted, and the key file {key} does not exist. The service does not start.",
                    "Copy the file back from where you keep it apart from the backups, or name it in ProtectionKeyFile."
                ),
            ];
        }
        return
        [
            File.Exists(key)
                ? Finding.Ok(Check, $"The key file {key} protects the keys of personal data. No backup contains it.")
                : Finding.Ok(Check, $"The key file {key} is created with the first text about a person."),
        ];
    }

    private static Finding JudgeFile(string setting, string path) =>
        File.Exists(path)
            ? Finding.Ok(Check, $"{path} of {setting} protects the keys of personal data. No backup contains it.")
            : Finding.Error(
                Check,
                $"{path} of {setting} does not exist, so texts about people cannot be read.",
                "Copy the file back from where you keep it apart from the backups."
            );

    private static string[] Split(string files) =>
        files.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
