using System.Runtime.InteropServices;

namespace VoteTracker.Database.Inspection;

/// <summary>What this user may do with a file or a folder, as the system answers it. Opening a file could change it.</summary>
internal static class SystemAccess
{
    private const int Write = 2;

    /// <summary>Whether this user can write to a file, or create files in a folder, also if its disk is read-only.</summary>
    public static bool CanWrite(string path) =>
        OperatingSystem.IsWindows()
            ? !File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly) || Directory.Exists(path)
            : Call(path, Write) == 0;

    [DllImport(
        "libc",
        EntryPoint = "access",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Call([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
