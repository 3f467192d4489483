using Microsoft.AspNetCore.Connections;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Bodies;

/// <summary>What can go wrong while a body is received. All of it is the client's or the connection's fault.</summary>
internal static class BodyFaults
{
    // An abort discards what the system has not sent yet.
    private static readonly TimeSpan TimeForResponse = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether reading a body, and nothing else, throws this because of the client.</summary>
    /// <remarks>
    /// The server throws a plain <see cref="IOException"/> for some malformed chunks. So it must be asked only of
    /// exceptions of a read from the body, never of one that also reads or writes a file.
    /// </remarks>
    public static bool AreOfTheClient(Exception exception) =>
        exception is IOException or InvalidDataException or OperationCanceledException;

    /// <summary>
    /// Closes the connection after the response. Otherwise the server reads the rest of the body, however slowly it
    /// arrives, and does not stop before that.
    /// </summary>
    public static void CloseAfterResponse(HttpContext http) =>
        http.Response.OnCompleted(async () =>
        {
            await Task.Delay(TimeForResponse);
            http.Abort();
        });

    /// <summary>400, or the status that the server has for it, such as 408 for a body that is too slow.</summary>
    public static ProblemException Refuse(HttpContext http, Exception exception)
    {
        http.RequestServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(BodyFaults))
            .LogDebug(
                "The body of a request to {Route} could not be read: {Fault}",
                http.GetEndpoint()?.DisplayName,
                exception.Message
            );
        if (exception is ConnectionResetException or OperationCanceledException)
        {
            // Nobody is there to read a response. The server would try to read the rest of the body, and log an error.
            http.Abort();
        }
        return exception switch
        {
            InvalidDataException => new ProblemException(
                Problems.Invalid("body", "must be gzip, as its Content-Encoding says; it is damaged or incomplete")
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new ProblemException(
                ProblemTypes.TooSlow.Create()
            ),
            _ => new ProblemException(
                Problems.Invalid(
                    "body",
                    "must be complete, with valid chunks or the length that Content-Length says; send the request again"
                )
            ),
        };
    }
}
