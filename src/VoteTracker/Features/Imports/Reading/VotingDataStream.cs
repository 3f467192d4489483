using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The limits of a file. Uploads have other limits, too.</summary>
internal static class ImportLimits
{
    /// <summary>The longest line, in bytes. The UN Digital Library's longest line has a thousand.</summary>
    public const int Line = 1 << 20;

    /// <summary>
    /// The number of lines without a usable vote that a file can have, beyond the number of votes before them. A small gzip
    /// can expand to hundreds of millions of lines.
    /// </summary>
    public const int LinesWithoutVote = 100_000;

    /// <summary>The number of resolutions that a file can have. The UN Digital Library's file has some thousands.</summary>
    public const int Resolutions = 100_000;

    /// <summary>Reads from the file; an <see cref="ImportRefused"/> if a line is too long.</summary>
    public static T ThrowIfTooLong<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException exception)
        {
            throw new ImportRefused(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {exception.LineNumber} is longer than {Line:N0} bytes, and no line of such a file is. A quote that is never closed joins all following lines."
                )
            );
        }
    }
}

/// <summary>
/// The content of a file as a stream, decompressed if it is gzip, up to a limit. It also checks the first and the last bytes
/// of the file.
/// </summary>
internal sealed class VotingDataStream : Stream
{
    private const int HeadLength = 8_192;

    private readonly Stream _file;
    private readonly Stream _text;
    private readonly long _most;
    private readonly CancellationToken _stop;
    private readonly byte[] _head;
    private readonly bool _isGzip;
    private int _headRead;
    private long _length;
    private byte _last;

    /// <summary>Opens the file; an <see cref="ImportRefused"/> if it is of another kind.</summary>
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
            throw new ImportRefused("The file is a zip archive; extract it, and import the CSV file.");
        }
        _isGzip = magic.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);
        _text = _isGzip ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
        _head = new byte[HeadLength];
        _head = _head[..Decompress(() => _text.ReadAtLeast(_head, HeadLength, throwOnEndOfStream: false))];
        Dialect = CsvDialect.Detect(_head);
        // What comes before the header is not returned, but counts towards the length.
        _headRead = Dialect.Start;
        _length = Dialect.Start;
    }

    /// <summary>The dialect of the file. The stream begins at the header.</summary>
    public CsvDialect Dialect { get; }

    /// <summary>The number of bytes that were returned.</summary>
    public long BytesReturned => _length - Dialect.Start;

    /// <summary>Whether the last byte read ends a line.</summary>
    public bool EndsWithLineBreak => _last is (byte)'\n' or (byte)'\r';

    /// <summary>The number of bytes that were read of the file, compressed or not.</summary>
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

    /// <summary>Checks, after the last byte, that the gzip data are complete.</summary>
    public void CheckEnd()
    {
        if (!_isGzip)
        {
            return;
        }
        // GZipStream does not report truncated data; the last four bytes are the length.
        Span<byte> tail = stackalloc byte[4];
        _file.Position = Math.Max(0, _file.Length - tail.Length);
        var read = _file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
        if (read < tail.Length || BitConverter.ToUInt32(tail) != (uint)_length)
        {
            throw new ImportRefused(
                "The gzip data are truncated, or several gzip files in one. Download the file again, or extract it and import the CSV file."
            );
        }
    }

    public override int Read(Span<byte> buffer)
    {
        // A row can be as long as the file, so the check must be here and not between rows.
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
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file is longer than {_most:N0} bytes when decompressed."
                )
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

    private static int Decompress(Func<int> read)
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

    private static ImportRefused Damaged() => new("The gzip data are damaged; download the file again.");
}
