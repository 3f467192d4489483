using System.Runtime.InteropServices;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// The status of a file as Linux reports it. The base class library has no inodes, and returns the time of the last change
/// if a file system has no birth times. The layout is the same on every processor.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    /// <summary>The error number of a path that names no file.</summary>
    public const int NoSuchFile = 2;

    private const int CurrentDirectory = -100;
    private const uint InodeSizeAndBirthTime = 0x100 | 0x200 | BirthTime;
    private const uint BirthTime = 0x800;

    [FieldOffset(0)]
    private readonly uint _mask;

    [FieldOffset(32)]
    public readonly ulong Inode;

    [FieldOffset(40)]
    public readonly ulong Size;

    [FieldOffset(80)]
    public readonly long BirthSeconds;

    [FieldOffset(88)]
    public readonly uint BirthNanoseconds;

    [FieldOffset(136)]
    public readonly uint DeviceMajor;

    [FieldOffset(140)]
    public readonly uint DeviceMinor;

    /// <summary>Whether the system and its C library have this call.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && HasCall();

    /// <summary>Whether the file system has a birth time.</summary>
    public readonly bool HasBirthTime => (_mask & BirthTime) != 0;

    /// <summary>Reads the status of a path, which ends with a zero byte; returns the error number, or 0.</summary>
    public static int Read(byte[] terminatedPath, out Statx status) =>
        Call(CurrentDirectory, terminatedPath, flags: 0, InodeSizeAndBirthTime, out status) == 0
            ? 0
            : Marshal.GetLastPInvokeError();

    private static bool HasCall()
    {
        try
        {
            return Read("/\0"u8.ToArray(), out _) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Call(int directory, byte[] path, int flags, uint mask, out Statx status);
}
