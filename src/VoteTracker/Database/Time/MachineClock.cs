using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VoteTracker.Database.Time;

/// <summary>
/// The clock of the machine. Its timestamps count the time since the machine was started, with the time that the machine
/// was suspended. The timestamps of the runtime leave that time out on Linux.
/// </summary>
internal sealed class MachineClock : TimeProvider
{
    private const int BootTime = 7;
    private const long PerSecond = 1_000_000_000;

    private static readonly bool IsSupported = OperatingSystem.IsLinux() && Environment.Is64BitProcess && HasCall();

    public override long TimestampFrequency => IsSupported ? PerSecond : Stopwatch.Frequency;

    public override long GetTimestamp()
    {
        if (!IsSupported)
        {
            return Stopwatch.GetTimestamp();
        }
        _ = Call(BootTime, out var time);
        return time.Seconds * PerSecond + time.Nanoseconds;
    }

    private static bool HasCall()
    {
        try
        {
            return Call(BootTime, out _) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    // The kernel answers without a system call, so the collector need not be notified.
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern int Call(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
