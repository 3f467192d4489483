using System.Globalization;
using System.Security.Cryptography;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>
/// Decrypts an archive. It returns only bytes that were written, in their order, and it ends only where the archive ended;
/// otherwise it throws an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class AgeReader : Stream
{
    private const int EncryptedLength = AgeChunks.Length + AgeChunks.TagLength;

    private readonly Stream _source;
    private readonly AgeChunks _chunks;

    // One byte more than a chunk shows whether another one follows.
    private readonly byte[] _encrypted = new byte[EncryptedLength + 1];
    private readonly byte[] _chunk = new byte[AgeChunks.Length];
    private int _carried;
    private int _position;
    private int _length;
    private bool _isLast;

    public AgeReader(Stream source, BackupKey key)
    {
        _source = source;
        var fileKey = AgeHeader.Read(source, key);
        var nonce = new byte[AgeChunks.NonceLength];
        if (source.ReadAtLeast(nonce, nonce.Length, throwOnEndOfStream: false) < nonce.Length)
        {
            throw Incomplete();
        }
        _chunks = new AgeChunks(fileKey, nonce);
        ReadChunk();
    }

    /// <summary>The first bytes of the content, before anything was read.</summary>
    public ReadOnlySpan<byte> Beginning => _chunk.AsSpan(0, _length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length && !_isLast)
        {
            ReadChunk();
        }
        var count = Math.Min(buffer.Length, _length - _position);
        _chunk.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunks.Dispose();
            _source.Dispose();
        }
        base.Dispose(disposing);
    }

    private void ReadChunk()
    {
        var read = _source.ReadAtLeast(_encrypted.AsSpan(_carried), _encrypted.Length - _carried, false) + _carried;
        _isLast = read < _encrypted.Length;
        var length = Math.Min(read, EncryptedLength);
        // Only the one chunk of an empty file is empty.
        if (length < AgeChunks.TagLength || (length == AgeChunks.TagLength && _chunks.Count > 0))
        {
            throw Incomplete();
        }
        try
        {
            (_position, _length) = (0, length - AgeChunks.TagLength);
            _chunks.Decrypt(_encrypted.AsSpan(0, length), _isLast, _chunk.AsSpan(0, _length));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The archive was changed or is incomplete, at its part {_chunks.Count}."
                ),
                exception
            );
        }
        (_encrypted[0], _carried) = (_encrypted[^1], _isLast ? 0 : 1);
    }

    private static InvalidDataException Incomplete() => new("The archive is incomplete.");
}
