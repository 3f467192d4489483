namespace VoteTracker.Http.Bodies;

/// <summary>
/// Reads a request body, or its decoded content. What fails in it is the client's fault and ends in a
/// <see cref="Refusal"/>, so that no reader takes it for a fault of the disk that it writes to.
/// </summary>
internal sealed class BodyStream(HttpContext http, Stream inner, long limit = long.MaxValue) : Stream
{
    private long _read;
    private uint _lastFour;

    /// <summary>The compressed body that this is the content of; null if it is not compressed.</summary>
    public BodyStream? Compressed { get; init; }

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
            // The connection's end ends the read as well. Cancelling it would leave a read pending, which the server logs
            // as a fault of the service.
            read = await inner.ReadAsync(buffer, CancellationToken.None);
        }
        catch (Exception exception) when (BodyFaults.AreOfTheClient(exception))
        {
            throw BodyFaults.Refuse(http, exception);
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
            && Compressed is { } compressed
            && compressed._lastFour != unchecked((uint)_read)
        )
        {
            throw BodyFaults.Refuse(http, new InvalidDataException("The gzip data are incomplete."));
        }
        return _read <= limit ? read : throw new Refusal(Problems.TooLarge(limit));
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
