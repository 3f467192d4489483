using System.Security.Cryptography;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>A file that is hashed while it is read.</summary>
internal sealed class HashingStream(Stream file) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>Reads the rest, and returns the hash of the whole file.</summary>
    public string Finish()
    {
        Position = _hashed;
        Span<byte> rest = new byte[1 << 16];
        while (Read(rest) > 0) { }
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override int Read(Span<byte> buffer)
    {
        var at = file.Position;
        var read = file.Read(buffer);
        // The first and last bytes can be read out of order.
        if (at <= _hashed && at + read > _hashed)
        {
            _hash.AppendData(buffer[(int)(_hashed - at)..read]);
            _hashed = at + read;
        }
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }
}
