using VoteTracker.Database;

namespace VoteTracker.Security;

/// <summary>Reads and creates files with one key on one line. Messages name the setting and the file, never its content.</summary>
internal static class KeyFile
{
    // Longer than any key, and short enough if the setting names another file.
    private const int MaxBytes = 4_096;

    /// <summary>Reads a key; a <see cref="SettingException"/> if the file is missing, cannot be read or has no key.</summary>
    public static string Load(string setting, string path)
    {
        var key = LoadLine(setting, path);
        return Settings.KeyText().IsMatch(key)
            ? key
            : throw new SettingException(
                $"{setting}: {path} must have one line with vt_ and at least 32 letters, digits, _ or -."
            );
    }

    /// <summary>Reads a line; a <see cref="SettingException"/> if the file is missing or cannot be read.</summary>
    private static string LoadLine(string setting, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            SecretFile.CheckMode(setting, path);
            var bytes = new byte[MaxBytes];
            var text = System.Text.Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, MaxBytes, false));
            return text.TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException($"{setting}: the file {path} does not exist.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"{setting}: {path} cannot be read. The user that runs the service needs permission to read it."
            );
        }
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
