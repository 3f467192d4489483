using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>
/// Linux's epoll on one thread. Thousands of sockets are read with few system calls, so that the listeners use little of
/// the cores on which the server is measured.
/// </summary>
internal sealed class Epoll : IDisposable
{
    private const int Most = 512;
    private const int In = 1;
    private const int Add = 1;
    private const int Delete = 2;

    // The kernel packs the struct on x86-64 and nowhere else.
    private static readonly int Data = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Size = Data + 8;

    private readonly SafeFileHandle _epoll;
    private readonly byte[] _events = new byte[Most * Size];

    public Epoll()
    {
        _epoll = new SafeFileHandle(epoll_create1(0), ownsHandle: true);
        if (_epoll.IsInvalid)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Watches a socket. Its events have this number.</summary>
    public void Watch(Socket socket, int number) => Control(Add, socket, number);

    /// <summary>Stops watching a socket.</summary>
    public void Leave(Socket socket) => Control(Delete, socket, 0);

    /// <summary>The numbers of the sockets with data to read, after a second at most.</summary>
    public int Wait(int[] ready)
    {
        var count = epoll_wait(_epoll, _events, Math.Min(Most, ready.Length), 1_000);
        for (var i = 0; i < count; i++)
        {
            ready[i] = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan(i * Size + Data));
        }
        return count;
    }

    public void Dispose() => _epoll.Dispose();

    private void Control(int what, Socket socket, int number)
    {
        var change = new byte[Size];
        BinaryPrimitives.WriteInt32LittleEndian(change, In);
        BinaryPrimitives.WriteInt32LittleEndian(change.AsSpan(Data), number);
        if (epoll_ctl(_epoll, what, socket.SafeHandle, change) != 0)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_ctl(SafeFileHandle epoll, int what, SafeSocketHandle socket, byte[] change);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_wait(SafeFileHandle epoll, byte[] events, int most, int milliseconds);
}
