using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// What tells a file from its copies: device, inode and birth time. A copy has another inode, or a later birth if the
/// inode is used again. A file that was renamed on its device is the same.
/// </summary>
internal static class FilePlace
{
    private const int CurrentFolder = -100;
    private const uint InodeMask = 0x100;
    private const uint BirthTimeMask = 0x800;

    /// <summary>The place of a file, as text to compare.</summary>
    public static string Of(string path) => (OperatingSystem.IsLinux() ? OfLinux(path) : null) ?? OfOthers(path);

    private static string? OfLinux(string path)
    {
        try
        {
            byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
            if (statx(CurrentFolder, name, 0, InodeMask | BirthTimeMask, out var file) != 0)
            {
                return null;
            }
            // Some file systems have no birth time.
            var birth =
                (file.Mask & BirthTimeMask) == 0 ? "" : $"{file.BirthSeconds}.{file.BirthNanoseconds:000000000}";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"device {file.DeviceMajor}:{file.DeviceMinor} inode {file.Inode} birth {birth}"
            );
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    // .NET has no inode. Windows and macOS have a birth time; with the path it tells most copies apart.
    private static string OfOthers(string path) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"file {Path.GetFullPath(path)} birth {File.GetCreationTimeUtc(path).Ticks}"
        );

    // .NET reports the time of the last change where there is no birth time, and no inode: so the system is called.
    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, out FileStatus status);

    // struct statx of Linux; its layout is the same on every processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(80)]
        public long BirthSeconds;

        [FieldOffset(88)]
        public uint BirthNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
