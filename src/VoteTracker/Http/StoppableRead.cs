using System.IO.Pipelines;

namespace VoteTracker.Http;

/// <summary>Reads of bodies that do not delay the stop of the service.</summary>
internal static class StoppableRead
{
    /// <summary>
    /// Reads what arrives next. If the service stops while it waits for the client, the read ends in a
    /// <see cref="Refusal"/> with 503.
    /// </summary>
    public static ValueTask<ReadResult> ReadUnlessStopping(
        this PipeReader reader,
        HttpContext http,
        CancellationToken ct
    )
    {
        var reading = reader.ReadAsync(ct);
        // Most bodies have arrived with their request: nothing is registered for them.
        return reading.IsCompleted ? reading : Wait(reader, http, reading);
    }

    private static async ValueTask<ReadResult> Wait(PipeReader reader, HttpContext http, ValueTask<ReadResult> reading)
    {
        var lifetime = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var stop = lifetime.ApplicationStopping.UnsafeRegister(
            static waiting => ((PipeReader)waiting!).CancelPendingRead(),
            reader
        );
        var read = await reading;
        if (!read.IsCanceled)
        {
            return read;
        }
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        throw new Refusal(
            Problems.Unavailable(
                http,
                "The service is stopping, and the body had not arrived; nothing was changed.",
                TimeSpan.FromSeconds(5)
            )
        );
    }
}
