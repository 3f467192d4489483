using System.Security.Cryptography;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>Key files of encrypted backups.</summary>
internal static class KeyFiles
{
    /// <summary>Writes a key file that only its owner can read, by default with a random key. Returns its path.</summary>
    public static string Write(string folder, byte[]? key = null, string name = "backup.key")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, Convert.ToBase64String(key ?? RandomNumberGenerator.GetBytes(32)) + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return path;
    }
}
