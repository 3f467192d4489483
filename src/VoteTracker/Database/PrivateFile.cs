namespace VoteTracker.Database;

/// <summary>Files with personal data: only the user that runs the service can read them, regardless of the umask.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a file that does not exist yet.</summary>
    public static FileStream Create(string path, FileOptions options) =>
        Open(path, FileMode.CreateNew, FileShare.None, options);

    /// <summary>Opens a file for this process alone; created if it does not exist.</summary>
    public static FileStream OpenAlone(string path) =>
        Open(path, FileMode.OpenOrCreate, FileShare.None, FileOptions.None);

    /// <summary>Makes an existing file readable by its owner only, if this user may.</summary>
    public static void Protect(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        try
        {
            if (File.Exists(path) && (File.GetUnixFileMode(path) | OwnerOnly) != OwnerOnly)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file belongs to another user, who decides.
        }
    }

    /// <summary>Whether users other than its owner can read or change a file.</summary>
    public static bool IsReadableByOthers(string path) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None;

    private static FileStream Open(string path, FileMode mode, FileShare share, FileOptions options)
    {
        var open = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
            Options = options,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = OwnerOnly;
        }
        return new FileStream(path, open);
    }
}
