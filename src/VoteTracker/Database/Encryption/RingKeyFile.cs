using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Database.Encryption;

/// <summary>A file with 32 random bytes as base64 on one line, which protects the keys of personal data.</summary>
internal sealed class RingKeyFile(string path, bool isDefault)
{
    private const int Bytes = 32;
    private const int LongestFile = 256;

    private LoadedFile? _loaded;

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>Whether no setting names it, so that it is created when it is needed.</summary>
    public bool IsDefault => isDefault;

    /// <summary>Reads the file; a <see cref="SettingException"/> if it is missing or wrong.</summary>
    public LoadedFile Load()
    {
        if (_loaded is not null)
        {
            return _loaded;
        }
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!isDefault)
            {
                SecretFile.CheckMode(nameof(Settings.ProtectionKeyFile), path);
            }
            var buffer = new byte[LongestFile];
            var text = Encoding.ASCII.GetString(buffer, 0, file.ReadAtLeast(buffer, LongestFile, false)).Trim();
            return _loaded = new LoadedFile(FromBase64(text));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException(
                isDefault
                    ? $"The personal data in this database is encrypted, and its key file {path} does not exist. Restore the key file there, or name it in ProtectionKeyFile."
                    : $"ProtectionKeyFile: the file {path} does not exist. Restore it; for a new database, create it with: openssl rand -base64 32"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"The key file {path} cannot be read. The user that runs the service needs permission to read it."
            );
        }
    }

    /// <summary>Reads the file. The default one is created if it does not exist: the database has no keys yet.</summary>
    public LoadedFile LoadOrCreate()
    {
        if (isDefault && _loaded is null && !File.Exists(path))
        {
            try
            {
                Create();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new WriteUnavailableException(
                    "The key file for personal data cannot be created beside the database. Nothing of this write was committed.",
                    TimeSpan.FromSeconds(10),
                    exception
                );
            }
        }
        return Load();
    }

    // The file and its folder are on disk before a key depends on them.
    private void Create()
    {
        using (var file = PrivateFile.Create(path, FileOptions.WriteThrough))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) + "\n"));
            file.Flush(flushToDisk: true);
        }
        FolderSync.Run(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
    }

    private byte[] FromBase64(string text)
    {
        var bytes = new byte[Bytes];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Bytes
            ? bytes
            : throw new SettingException(
                $"The key file {path} must have one line with 32 bytes as base64, as by: openssl rand -base64 32"
            );
    }

    /// <summary>The content of a key file.</summary>
    internal sealed class LoadedFile(byte[] secret)
    {
        /// <summary>The key.</summary>
        public byte[] Secret => secret;

        /// <summary>The name of this protection, with a fingerprint of the key.</summary>
        public string Name { get; } = $"key-file:{Convert.ToHexStringLower(SHA256.HashData(secret))[..16]}";
    }

    /// <summary>Writes the entries of a folder to disk, where the system can.</summary>
    private static class FolderSync
    {
        public static void Run(string folder)
        {
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            {
                return;
            }
            var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), flags: 0);
            if (descriptor < 0)
            {
                throw new IOException($"{folder} cannot be opened.");
            }
            var result = Sync(descriptor);
            _ = Close(descriptor);
            if (result != 0)
            {
                throw new IOException($"{folder} cannot be written to disk.");
            }
        }

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Sync(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Close(int descriptor);
    }
}
