using Microsoft.AspNetCore.Connections;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Bodies;

/// <summary>Faults while a body is received. All are caused by the client or the connection.</summary>
internal static class BodyFaults
{
    // An abort discards what the system has not sent yet.
    private static readonly TimeSpan TimeForResponse = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether reading a body, and nothing else, throws this because of the client.</summary>
    /// <remarks>
    /// The server throws a plain <see cref="IOException"/> for some malformed chunks. So use it only for exceptions of a read
    /// from the body, never of code that also reads or writes a file.
    /// </remarks>
    public static bool IsClientFault(Exception exception) =>
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
    public static ProblemException ToProblem(HttpContext http, Exception exception)
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
            // The client is gone. Without this, the server would try to read the rest of the body and log an error.
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
