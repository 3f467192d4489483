using System.Text;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>The key of encrypted archives: a file with 32 random bytes in base64 on one line.</summary>
internal sealed class BackupKey
{
    private const int Length = 32;

    // Longer than any key, and short if the name is of another file.
    private const int MaxBytes = 4_096;

    /// <summary>How to create a key file, for messages.</summary>
    public const string HowToCreate = "(umask 077 && head -c 32 /dev/urandom | base64 > backup.key)";

    private BackupKey(byte[] passphrase) => Passphrase = passphrase;

    /// <summary>The line of the file, which the age format uses as a passphrase.</summary>
    public byte[] Passphrase { get; }

    /// <summary>Reads a key file; a <see cref="SettingException"/> says what is wrong, without its content.</summary>
    /// <param name="option">The setting or option that names the file.</param>
    /// <param name="path">The path of the file.</param>
    public static BackupKey Load(string option, string path)
    {
        if (!File.Exists(path))
        {
            throw new SettingException(
                $"{option}: the file {path} does not exist. To create a key: {HowToCreate}. Keep a copy of it elsewhere."
            );
        }
        if (PrivateFile.IsReadableByOthers(path))
        {
            throw new SettingException($"{option}: other users can read or change {path}. Run: chmod 600 {path}");
        }
        var text = ReadLine(option, path);
        Span<byte> bytes = stackalloc byte[Length + 2];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length
            ? new BackupKey(Encoding.ASCII.GetBytes(text))
            : throw new SettingException(
                $"{option}: {path} must have one line with 32 random bytes in base64. To create a key: {HowToCreate}"
            );
    }

    private static string ReadLine(string option, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[MaxBytes];
            return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, MaxBytes, false)).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{option}: {path} cannot be read: {exception.Message}");
        }
    }
}
