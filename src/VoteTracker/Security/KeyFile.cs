using VoteTracker.Database;

namespace VoteTracker.Security;

/// <summary>Files that hold a key, in one line. Messages name the setting and the file, never what is in it.</summary>
internal static class KeyFile
{
    // More than any key, and little enough to read whatever the setting names.
    private const int MostBytes = 4_096;

    /// <summary>Reads a key; a <see cref="SettingException"/> if the file is missing, not readable or has none.</summary>
    public static string Load(string setting, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[MostBytes];
            var text = System.Text.Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, MostBytes, false));
            var key = text.TrimEnd('\r', '\n');
            return Settings.KeyText().IsMatch(key)
                ? key
                : throw new SettingException(
                    $"{setting}: {path} must have one line with vt_ and at least 32 letters, digits, _ or -."
                );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException($"{setting}: there is no file {path}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"{setting}: {path} cannot be read; the user that runs the service must be allowed to."
            );
        }
    }

    /// <summary>Creates a file for a key that is not there yet; a <see cref="SettingException"/> if that is not possible.</summary>
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
