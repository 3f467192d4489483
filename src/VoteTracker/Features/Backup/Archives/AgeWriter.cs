using System.Security.Cryptography;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>Encrypts what is written to it. The archive is complete only after <see cref="Complete"/>.</summary>
internal sealed class AgeWriter : Stream
{
    private readonly Stream _target;
    private readonly AgeChunks _chunks;
    private readonly byte[] _chunk = new byte[AgeChunks.Length];
    private readonly byte[] _encrypted = new byte[AgeChunks.Length + AgeChunks.TagLength];
    private int _length;

    public AgeWriter(Stream target, BackupKey key)
    {
        _target = target;
        var fileKey = AgeHeader.Write(target, key);
        var nonce = RandomNumberGenerator.GetBytes(AgeChunks.NonceLength);
        target.Write(nonce);
        _chunks = new AgeChunks(fileKey, nonce);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes the last chunk.</summary>
    public void Complete() => WriteChunk(isLast: true);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // A full chunk is written when more follows, because it can be the last one.
            if (_length == AgeChunks.Length)
            {
                WriteChunk(isLast: false);
            }
            var count = Math.Min(buffer.Length, AgeChunks.Length - _length);
            buffer[..count].CopyTo(_chunk.AsSpan(_length));
            _length += count;
            buffer = buffer[count..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: a chunk is written when it is full.</summary>
    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunks.Dispose();
        }
        base.Dispose(disposing);
    }

    private void WriteChunk(bool isLast)
    {
        _chunks.Encrypt(_chunk.AsSpan(0, _length), isLast, _encrypted);
        _target.Write(_encrypted.AsSpan(0, _length + AgeChunks.TagLength));
        _length = 0;
    }
}
