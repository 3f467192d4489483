using System.Buffers;
using VoteTracker.Endpoints.Limits;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// A buffer in front of the response. Writing never waits; the buffer is sent between two rows, when it is full, and a slow
/// client is waited for then.
/// </summary>
internal sealed class ResponseStream(HttpContext http) : Stream
{
    private const int Full = 48 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly RequestTurn? _turn = http.Features.Get<RequestTurn>();

    /// <summary>The buffer.</summary>
    public IBufferWriter<byte> Bytes => _buffer;

    private bool IsFull => _buffer.WrittenCount >= Full;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Sends the buffer, and yields: a long export must not occupy the few threads that short requests need. Throws an
    /// <see cref="OperationCanceledException"/> if the client has disconnected.
    /// </summary>
    public async ValueTask Send()
    {
        http.RequestAborted.ThrowIfCancellationRequested();
        if (_turn is not null)
        {
            await _turn.Rest();
            // A client that reads slowly must not block other exports.
            _turn.Pause();
        }
        await http.Response.BodyWriter.WriteAsync(_buffer.WrittenMemory, http.RequestAborted);
        _buffer.ResetWrittenCount();
        await Task.Yield();
        if (_turn is not null)
        {
            await _turn.Resume();
        }
    }

    /// <summary>Sends the buffer if it is full.</summary>
    public ValueTask SendIfFull() => IsFull ? Send() : ValueTask.CompletedTask;

    public override void Write(ReadOnlySpan<byte> buffer) => _buffer.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // The buffer is sent when it is full.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
