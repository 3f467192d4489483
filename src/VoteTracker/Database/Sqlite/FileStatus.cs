using System.Runtime.InteropServices;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// Which file a path names, and how long it is. The base class library does not expose inodes, so Linux is asked directly;
/// elsewhere only the length is known.
/// </summary>
internal readonly record struct FileStatus(ulong Device, ulong Inode, long Length)
{
    private const int CurrentDirectory = -100;
    private const uint InodeAndSize = 0x100 | 0x200;
    private const int NoSuchFile = 2;

    /// <summary>Whether both are the same file, whatever their lengths are.</summary>
    public bool IsSameFile(in FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>The status of a path, which ends with a zero byte; null if there is no such file.</summary>
    public static FileStatus? Of(string path, byte[] terminatedPath)
    {
        if (OperatingSystem.IsLinux())
        {
            if (ReadStatus(CurrentDirectory, terminatedPath, flags: 0, InodeAndSize, out var found) == 0)
            {
                return new FileStatus(
                    ((ulong)found.DeviceMajor << 32) | found.DeviceMinor,
                    found.Inode,
                    (long)found.Size
                );
            }
            if (Marshal.GetLastPInvokeError() == NoSuchFile)
            {
                return null;
            }
        }
        var file = new FileInfo(path);
        return file.Exists ? new FileStatus(0, 0, file.Length) : null;
    }

    // One call gives all of it, and its result has the same layout on every architecture.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadStatus(int directory, byte[] path, int flags, uint mask, out Statx found);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
