using System.Buffers;

namespace VoteTracker.Http;

/// <summary>A body as bytes, no more of them than the limit.</summary>
internal static class RawBody
{
    /// <summary>The whole body; a <see cref="Refusal"/> with 413 where it is larger than the settings allow.</summary>
    public static async ValueTask<RentedBytes> Read(HttpContext http)
    {
        var limit = http.RequestServices.GetRequiredService<Settings>().MaxBodyBytes;
        if (http.Request.ContentLength > limit)
        {
            throw new Refusal(Problems.TooLarge(limit));
        }
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadUnlessStopping(http, http.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new Refusal(Problems.TooLarge(limit));
            }
            if (read.IsCompleted)
            {
                var bytes = new RentedBytes((int)read.Buffer.Length);
                read.Buffer.CopyTo(bytes.Memory.Span);
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>Bytes borrowed from the pool.</summary>
internal sealed class RentedBytes(int length) : IDisposable
{
    private readonly byte[] _array = ArrayPool<byte>.Shared.Rent(length);

    public Memory<byte> Memory => _array.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_array);
}
