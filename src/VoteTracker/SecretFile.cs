using System.Text;

namespace VoteTracker;

/// <summary>
/// Files with one secret on one line: a key or a password. Messages name the setting and the file, never its content.
/// </summary>
internal static class SecretFile
{
    // Longer than any secret, and short enough if the setting names another file.
    private const int MaxBytes = 4_096;

    // Where container engines put secrets, readable by all users of the container.
    private const string ContainerSecrets = "/run/secrets/";

    /// <summary>Reads a secret; a <see cref="SettingException"/> if the file is missing, empty, cannot be read or is readable by all.</summary>
    public static string Load(string setting, string path)
    {
        var secret = ReadLine(setting, path);
        return secret.Length > 0 && !secret.Contains('\n', StringComparison.Ordinal)
            ? secret
            : throw new SettingException($"{setting}: {path} must have the secret on one line.");
    }

    /// <summary>Reads the text without its last line break; a <see cref="SettingException"/> if the file is missing, cannot be read or is readable by all.</summary>
    public static string ReadLine(string setting, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            CheckMode(setting, path);
            var bytes = new byte[MaxBytes];
            var text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false));
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

    /// <summary>Rejects a file that every user of the machine can read.</summary>
    /// <remarks>Secrets of a container are exempt: their mode is set by the engine, and the container has one user.</remarks>
    public static void CheckMode(string setting, string path)
    {
        if (
            OperatingSystem.IsWindows() || Path.GetFullPath(path).StartsWith(ContainerSecrets, StringComparison.Ordinal)
        )
        {
            return;
        }
        // A link has no mode of its own.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (File.GetUnixFileMode(target).HasFlag(UnixFileMode.OtherRead))
        {
            throw new SettingException(
                $"{setting}: every user of this machine can read {path}. Remove that permission: chmod o-rwx {path}"
            );
        }
    }
}
