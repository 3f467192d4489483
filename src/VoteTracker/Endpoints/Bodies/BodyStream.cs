using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Bodies;

/// <summary>
/// Reads a request body, or its decoded content. A failed read is the client's fault and throws a
/// <see cref="ProblemException"/>, so that no reader mistakes it for a fault of its disk. A read that waits for the client
/// ends when the service stops.
/// </summary>
internal sealed class BodyStream : Stream
{
    private readonly HttpContext _http;
    private readonly PipeReader? _received;
    private readonly BodyStream? _compressed;
    private readonly GZipStream? _content;
    private readonly long _limit = long.MaxValue;
    private long _read;
    private uint _lastFour;

    /// <summary>Reads the current body of a request, up to a limit in bytes.</summary>
    public BodyStream(HttpContext http, long limit = long.MaxValue) =>
        (_http, _received, _limit) = (http, http.Request.BodyReader, limit);

    /// <summary>Reads the content of a compressed body, up to a limit in bytes.</summary>
    public BodyStream(HttpContext http, BodyStream compressed, long limit)
    {
        (_http, _compressed, _limit) = (http, compressed, limit);
        _content = new GZipStream(compressed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = _content is null
                ? await Receive(buffer, cancellationToken)
                : await _content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception)
            when (BodyFaults.IsClientFault(exception)
                && (!cancellationToken.IsCancellationRequested || _http.RequestAborted.IsCancellationRequested)
            )
        {
            throw BodyFaults.ToProblem(_http, exception);
        }
        _read += read;
        foreach (var one in buffer.Span[Math.Max(0, read - sizeof(uint))..read])
        {
            _lastFour = _lastFour >> 8 | (uint)one << 24;
        }
        // Gzip ends with the length of its content (RFC 1952). .NET does not notice that the end is missing.
        if (
            read == 0
            && buffer.Length > 0
            && _compressed is not null
            && _compressed._lastFour != unchecked((uint)_read)
        )
        {
            throw BodyFaults.ToProblem(_http, new InvalidDataException("The gzip data are incomplete."));
        }
        return _read <= _limit ? read : throw new ProblemException(Problems.TooLarge(_limit));
    }

    private async ValueTask<int> Receive(Memory<byte> buffer, CancellationToken ct)
    {
        while (true)
        {
            var read = await _received!.ReadUnlessStopping(_http, ct);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, buffer.Length));
            var length = (int)part.Length;
            part.CopyTo(buffer.Span);
            _received!.AdvanceTo(part.End);
            if (length > 0 || read.IsCompleted || buffer.IsEmpty)
            {
                return length;
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Request bodies are read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
