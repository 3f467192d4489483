using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>
/// Thousands of listeners to a stream, on one thread with system calls only, so that the server is measured. They are the
/// same for every server, and only check that an event has arrived completely.
/// </summary>
internal sealed class Listeners : IAsyncDisposable
{
    // A heartbeat is shorter, the event of a tally longer.
    private const int LeastEvent = 100;

    // TCP_MAXSEG: the sender's system buffers more unread data for larger packets.
    private const int Tcp = 6;
    private const int MaxSegment = 2;

    private readonly Socket[] _sockets;
    private readonly Epoll _epoll = new();
    private readonly Thread _thread;
    private readonly int[] _seen;
    private readonly int[] _bytes;
    private volatile bool _end;
    private int _stopped;
    private int _round;
    private int _missing;
    private int _gone;
    private long _last;
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Listeners(int count)
    {
        _sockets = new Socket[count];
        _seen = new int[count];
        _bytes = new int[count];
        _thread = new Thread(Read) { IsBackground = true, Name = "Listeners" };
    }

    /// <summary>
    /// Connects the listeners. If the server sends the current state at once, waits until each has it. The first
    /// listeners will stop reading, and have small buffers.
    /// </summary>
    public static async Task<Listeners> Connect(Uri address, int count, bool presentAtOnce, int toStop = 0)
    {
        var listeners = new Listeners(count);
        var request = Encoding.ASCII.GetBytes(
            $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/event-stream\r\n\r\n"
        );
        var endpoint = new IPEndPoint(IPAddress.Loopback, address.Port);
        var present = listeners.Begin();
        listeners._thread.Start();
        for (var i = 0; i < count; i++)
        {
            var socket = listeners._sockets[i] = new Socket(
                AddressFamily.InterNetwork,
                SocketType.Stream,
                ProtocolType.Tcp
            );
            // The system doubles this size.
            socket.ReceiveBufferSize = 4096;
            if (i < toStop)
            {
                socket.SetRawSocketOption(Tcp, MaxSegment, BitConverter.GetBytes(536));
            }
            // Not asynchronously: the runtime would watch them too.
            socket.Connect(endpoint);
            socket.Send(request);
            listeners._epoll.Watch(socket, i);
        }
        if (presentAtOnce)
        {
            await listeners.Arrives(present);
        }
        return listeners;
    }

    /// <summary>
    /// Sends a request of which every listener is notified. Returns the milliseconds until the last listener has the
    /// complete event, and until the response.
    /// </summary>
    public async Task<(double Last, double Answer)> Measure(Func<Task> send)
    {
        var all = Begin();
        var started = Stopwatch.GetTimestamp();
        await send();
        var answered = Stopwatch.GetTimestamp();
        await Arrives(all);
        return (
            Stopwatch.GetElapsedTime(started, Volatile.Read(ref _last)).TotalMilliseconds,
            Stopwatch.GetElapsedTime(started, answered).TotalMilliseconds
        );
    }

    /// <summary>Stops this number of listeners from reading.</summary>
    public void StopReading(int count)
    {
        for (; _stopped < count; _stopped++)
        {
            _epoll.Leave(_sockets[_stopped]);
        }
    }

    /// <summary>The bytes that the server's system buffers for the stopped listeners, up to a limit.</summary>
    public long BufferedForStopped()
    {
        var ports = _sockets.Take(_stopped).Select(s => ((IPEndPoint)s.LocalEndPoint!).Port).ToHashSet();
        static int Port(string address) => Convert.ToInt32(address.Split(':')[1], 16);
        return File.ReadLines("/proc/net/tcp")
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => ports.Contains(Port(row[2])))
            .Sum(row => Convert.ToInt64(row[4].Split(':')[0], 16));
    }

    public ValueTask DisposeAsync()
    {
        _end = true;
        _thread.Join();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
        _epoll.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Arrives(Task all)
    {
        try
        {
            await all.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException(
                $"{Volatile.Read(ref _missing)} listeners were not notified within a minute; {Volatile.Read(ref _gone)} connections were closed.",
                exception
            );
        }
    }

    private Task Begin()
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _missing, _sockets.Length - _stopped);
        Interlocked.Increment(ref _round);
        return _all.Task;
    }

    private void Read()
    {
        var ready = new int[512];
        var buffer = new byte[16 * 1024];
        while (!_end)
        {
            var count = _epoll.Wait(ready);
            for (var i = 0; i < count; i++)
            {
                Take(ready[i], buffer);
            }
        }
    }

    private void Take(int listener, byte[] buffer)
    {
        var read = _sockets[listener].Receive(buffer, SocketFlags.None, out var error);
        if (read == 0 || error != SocketError.Success)
        {
            _epoll.Leave(_sockets[listener]);
            _gone++;
            return;
        }
        var round = Volatile.Read(ref _round);
        if (_seen[listener] == round)
        {
            return;
        }
        _bytes[listener] += read;
        if (_bytes[listener] < LeastEvent || !EndsWithEvent(buffer.AsSpan(0, read)))
        {
            return;
        }
        _bytes[listener] = 0;
        _seen[listener] = round;
        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _all.TrySetResult();
        }
    }

    // An empty line ends an event. The end of a chunk may follow.
    private static bool EndsWithEvent(ReadOnlySpan<byte> read) =>
        read.EndsWith("\n\n"u8) || read.EndsWith("\n\n\r\n"u8);
}
