using System.Buffers;
using VoteTracker.Endpoints.Bodies;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Binding;

/// <summary>Reads a text body as UTF-8, up to the limit of its size.</summary>
internal static class RawBody
{
    /// <summary>
    /// The whole body, decoded and without a byte order mark. A <see cref="ProblemException"/>: 413 if it is larger than the
    /// settings allow, 415 if its coding or charset is not supported, 400 if it is incomplete or not UTF-8.
    /// </summary>
    public static async ValueTask<RentedBytes> Read(HttpContext http)
    {
        BodyCharset.CheckDeclared(http.Request);
        var limit = http.RequestServices.GetRequiredService<Settings>().MaxBodyBytes;
        if (http.Request.ContentLength > limit)
        {
            throw new ProblemException(Problems.TooLarge(limit));
        }
        ContentCoding.Decode(http, limit);
        var reader = http.Request.BodyReader;
        try
        {
            while (true)
            {
                // No token: the end of the connection ends the read.
                var read = await reader.ReadUnlessStopping(http, CancellationToken.None);
                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    throw new ProblemException(Problems.TooLarge(limit));
                }
                if (read.IsCompleted)
                {
                    var bytes = new RentedBytes((int)read.Buffer.Length);
                    read.Buffer.CopyTo(bytes.Memory.Span);
                    reader.AdvanceTo(read.Buffer.End);
                    bytes.Slice(BodyCharset.TextOf(bytes.Memory.Span));
                    return bytes;
                }
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception exception) when (BodyFaults.IsClientFault(exception))
        {
            throw BodyFaults.ToProblem(http, exception);
        }
    }
}

/// <summary>Bytes borrowed from the pool.</summary>
internal sealed class RentedBytes : IDisposable
{
    private readonly byte[] _array;

    public RentedBytes(int length)
    {
        _array = ArrayPool<byte>.Shared.Rent(length);
        Memory = _array.AsMemory(0, length);
    }

    public Memory<byte> Memory { get; private set; }

    /// <summary>Reduces the memory to a part of the bytes.</summary>
    public void Slice(Range range) => Memory = Memory[range];

    public void Dispose() => ArrayPool<byte>.Shared.Return(_array);
}
