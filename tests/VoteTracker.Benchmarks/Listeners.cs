using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Benchmarks;

/// <summary>Thousands of listeners to a stream, on plain sockets: what is measured is the server.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _end = new();
    private readonly byte[][] _buffers;
    private readonly bool[] _stopped;
    private readonly int[] _seen;
    private int _round;
    private int _missing;
    private long _last;
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Listeners(int count)
    {
        _buffers = new byte[count][];
        _stopped = new bool[count];
        _seen = new int[count];
    }

    /// <summary>Connects them, and waits until each has had its first bytes.</summary>
    public static async Task<Listeners> Connect(Uri address, int count)
    {
        var listeners = new Listeners(count);
        var request = Encoding.ASCII.GetBytes(
            $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/event-stream\r\n\r\n"
        );
        var endpoint = new IPEndPoint(IPAddress.Loopback, address.Port);
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint);
            await socket.SendAsync(request);
            listeners._sockets.Add(socket);
            listeners._buffers[i] = new byte[4096];
        }
        foreach (var (socket, i) in listeners._sockets.Select((s, i) => (s, i)))
        {
            _ = listeners.Read(socket, i);
        }
        return listeners;
    }

    /// <summary>Does something that every listener is told of, and answers the milliseconds from its end to the last one.</summary>
    public async Task<double> Last(Func<Task> what)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _missing, _stopped.Count(s => !s));
        Interlocked.Increment(ref _round);
        await what();
        var done = Stopwatch.GetTimestamp();
        await _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // A listener may be told before the writer is answered: the last one seldom is.
        return Math.Max(0, Stopwatch.GetElapsedTime(done, Volatile.Read(ref _last)).TotalMilliseconds);
    }

    /// <summary>So many of them read nothing any more.</summary>
    public void StopReading(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Volatile.Write(ref _stopped[i], true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
        _end.Dispose();
    }

    private async Task Read(Socket socket, int i)
    {
        try
        {
            while (!Volatile.Read(ref _stopped[i]))
            {
                var read = await socket.ReceiveAsync(_buffers[i], _end.Token);
                if (read == 0)
                {
                    return;
                }
                // Whatever comes after a signal with data in it is the event; heartbeats are a few bytes.
                var round = Volatile.Read(ref _round);
                if (read > 100 && _seen[i] != round && !Volatile.Read(ref _stopped[i]))
                {
                    _seen[i] = round;
                    Volatile.Write(ref _last, Stopwatch.GetTimestamp());
                    if (Interlocked.Decrement(ref _missing) == 0)
                    {
                        _all.TrySetResult();
                    }
                }
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            return;
        }
    }
}
