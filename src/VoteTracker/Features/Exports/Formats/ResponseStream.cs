using System.Buffers;
using VoteTracker.Endpoints.Limits;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// Bytes on their way to a reader. What is written is taken at once, and sent when it is enough: the writers need not
/// wait between two cells, and a slow reader is waited for between two rows.
/// </summary>
internal sealed class ResponseStream(HttpContext http) : Stream
{
    private const int Enough = 48 * 1024;
    private readonly ArrayBufferWriter<byte> _waiting = new(64 * 1024);
    private readonly RequestTurn? _turn = http.Features.Get<RequestTurn>();

    /// <summary>Where bytes are put.</summary>
    public IBufferWriter<byte> Bytes => _waiting;

    private bool IsFull => _waiting.WrittenCount >= Enough;

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
    /// Sends what waits, and lets others have their turn: what is long must not keep the few threads there are from
    /// what is short. Ends with an <see cref="OperationCanceledException"/> where nobody reads any more.
    /// </summary>
    public async ValueTask Send()
    {
        http.RequestAborted.ThrowIfCancellationRequested();
        if (_turn is not null)
        {
            await _turn.Rest();
            // A client that reads slowly must not keep other exports waiting.
            _turn.Pause();
        }
        await http.Response.BodyWriter.WriteAsync(_waiting.WrittenMemory, http.RequestAborted);
        _waiting.ResetWrittenCount();
        await Task.Yield();
        if (_turn is not null)
        {
            await _turn.Resume();
        }
    }

    /// <summary>Sends what waits where it is enough.</summary>
    public ValueTask SendIfFull() => IsFull ? Send() : ValueTask.CompletedTask;

    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing of it is sent before there is enough.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
