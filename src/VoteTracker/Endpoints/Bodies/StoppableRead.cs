using System.IO.Pipelines;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Bodies;

/// <summary>Reads of bodies that do not delay the stop of the service.</summary>
internal static class StoppableRead
{
    /// <summary>
    /// Reads what arrives next. If the service stops while it waits for the client, the read ends in a
    /// <see cref="ProblemException"/> with 503.
    /// </summary>
    /// <param name="reader">The reader of the body.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public static ValueTask<ReadResult> ReadUnlessStopping(
        this PipeReader reader,
        HttpContext http,
        CancellationToken ct
    )
    {
        // No token: a read that a token cancels stays pending, which the server logs as an error.
        var reading = reader.ReadAsync(CancellationToken.None);
        // Most bodies arrive with their request and need no registration.
        return reading.IsCompleted ? reading : Wait(reader, http, reading, ct);
    }

    private static async ValueTask<ReadResult> Wait(
        PipeReader reader,
        HttpContext http,
        ValueTask<ReadResult> reading,
        CancellationToken ct
    )
    {
        var lifetime = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var stop = lifetime.ApplicationStopping.UnsafeRegister(Cancel, reader);
        using var cancel = ct.UnsafeRegister(Cancel, reader);
        var read = await reading;
        if (!read.IsCanceled)
        {
            return read;
        }
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        ct.ThrowIfCancellationRequested();
        BodyFaults.CloseAfterResponse(http);
        throw new ProblemException(
            Problems.Unavailable(
                http,
                "The service is stopping and the body had not arrived. Nothing was changed.",
                TimeSpan.FromSeconds(5)
            )
        );
    }

    private static void Cancel(object? reader) => ((PipeReader)reader!).CancelPendingRead();
}
