using System.Globalization;
using System.IO.Compression;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The limits of a file. An upload has limits of its own.</summary>
internal static class ImportLimits
{
    /// <summary>The longest line, in bytes; the longest of the Library's has a thousand.</summary>
    public const int Line = 1 << 20;

    /// <summary>
    /// How many lines without a usable vote a file can have, in addition to as many as there are votes before them. A small
    /// gzip can expand to hundreds of millions of lines.
    /// </summary>
    public const int LinesWithoutVote = 100_000;

    /// <summary>How many texts a file can have; the Library's has some thousands.</summary>
    public const int Texts = 100_000;
}

/// <summary>
/// The file's text as a stream, unpacked where it is gzip, not longer than a limit; and what can be told of a file only by
/// its first or its last bytes.
/// </summary>
internal sealed class VotingDataStream : Stream
{
    private const int Head = 8_192;

    private readonly Stream _file;
    private readonly Stream _text;
    private readonly long _most;
    private readonly CancellationToken _stop;
    private readonly byte[] _head;
    private readonly bool _isGzip;
    private int _headRead;
    private long _length;
    private byte _last;

    /// <summary>Opens it; an <see cref="ImportRefused"/> where its first bytes are those of something else.</summary>
    public VotingDataStream(Stream file, long most, CancellationToken stop)
    {
        (_file, _most, _stop) = (file, most, stop);
        file.Position = 0;
        Span<byte> magic = stackalloc byte[4];
        magic = magic[..file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        if (magic.IsEmpty)
        {
            throw new ImportRefused("The file is empty.");
        }
        if (magic.StartsWith("PK\u0003\u0004"u8))
        {
            throw new ImportRefused("The file is a zip archive; unpack it, and import the CSV that is in it.");
        }
        _isGzip = magic.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);
        _text = _isGzip ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
        _head = new byte[Head];
        _head = _head[..Unpack(() => _text.ReadAtLeast(_head, Head, throwOnEndOfStream: false))];
        Dialect = CsvDialect.Detect(_head);
        // What comes before the header is not returned, and belongs to the length all the same.
        _headRead = Dialect.Start;
        _length = Dialect.Start;
    }

    /// <summary>How the file is written. The stream begins at the header.</summary>
    public CsvDialect Dialect { get; }

    /// <summary>How many bytes were returned.</summary>
    public long BytesReturned => _length - Dialect.Start;

    /// <summary>Whether the last byte read ends a line.</summary>
    public bool EndsWithLineBreak => _last is (byte)'\n' or (byte)'\r';

    /// <summary>How much of the file was read, packed or not.</summary>
    public long BytesRead => _file.Position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>After the last byte: whether that was the end of what was packed.</summary>
    public void CheckEnd()
    {
        if (!_isGzip)
        {
            return;
        }
        // Unpacking ends without a word where the data end in the middle; the length stands in the last four bytes.
        Span<byte> tail = stackalloc byte[4];
        _file.Position = Math.Max(0, _file.Length - tail.Length);
        var read = _file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
        if (read < tail.Length || BitConverter.ToUInt32(tail) != (uint)_length)
        {
            throw new ImportRefused(
                "The gzip data end in the middle, or are several put together; get the file whole, or unpack it and import the CSV."
            );
        }
    }

    public override int Read(Span<byte> buffer)
    {
        // A row can be as long as the file, so the reader of rows cannot check it often enough.
        _stop.ThrowIfCancellationRequested();
        int read;
        if (_headRead < _head.Length)
        {
            read = Math.Min(buffer.Length, _head.Length - _headRead);
            _head.AsSpan(_headRead, read).CopyTo(buffer);
            _headRead += read;
        }
        else
        {
            read = Read(_text, buffer);
        }
        if (read > 0)
        {
            _last = buffer[read - 1];
            _length += read;
        }
        return _length <= _most
            ? read
            : throw new ImportRefused(
                string.Create(CultureInfo.InvariantCulture, $"The file is longer than {_most:N0} bytes when unpacked.")
            );
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
            _text.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    private static int Read(Stream text, Span<byte> buffer)
    {
        try
        {
            return text.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    private static int Unpack(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    private static ImportRefused Damaged() => new("The gzip data are damaged; get the file again.");
}
