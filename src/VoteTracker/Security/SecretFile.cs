namespace VoteTracker.Security;

/// <summary>Reads a secret from a file with one line. Messages name the setting and the file, never its content.</summary>
internal static class SecretFile
{
    /// <summary>Reads a secret; a <see cref="SettingException"/> if the file cannot be read or does not have one line.</summary>
    public static string Load(string setting, string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            return lines is [{ Length: > 0 } secret]
                ? secret
                : throw new SettingException($"{setting}: {path} must have one line with the secret.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"{setting}: {path} cannot be read. The file must exist, and the user that runs the service needs permission to read it."
            );
        }
    }
}
