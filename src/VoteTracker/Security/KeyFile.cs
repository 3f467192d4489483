using VoteTracker.Database;

namespace VoteTracker.Security;

/// <summary>Reads and creates files with one key on one line. Messages name the setting and the file, never its content.</summary>
internal static class KeyFile
{
    /// <summary>Reads a key; a <see cref="SettingException"/> if the file is missing, cannot be read or has no key.</summary>
    public static string Load(string setting, string path)
    {
        var key = SecretFile.ReadLine(setting, path);
        return Settings.KeyText().IsMatch(key)
            ? key
            : throw new SettingException(
                $"{setting}: {path} must have one line with vt_ and at least 32 letters, digits, _ or -."
            );
    }

    /// <summary>Creates a new file for a key; a <see cref="SettingException"/> if that is not possible.</summary>
    public static FileStream Create(string setting, string path)
    {
        try
        {
            return PrivateFile.Create(path, FileOptions.WriteThrough);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"{setting}: {path} cannot be created; the user that runs the service must be allowed to."
            );
        }
    }
}
