using System.Data;
using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Endpoints.Errors;

/// <summary>Turns exceptions into problems. An unexpected one is logged, without the content of the request.</summary>
internal sealed class ExceptionMiddleware(RequestDelegate next, Settings settings, ILogger<ExceptionMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
            {
                await WithoutBody(http);
            }
        }
        catch (Exception exception) when (!http.Response.HasStarted && Problem(http, exception) is { } problem)
        {
            // The headers that belong to the problem stay.
            var headers = http.Response.Headers;
            var (challenge, wait, codings) = (headers.WWWAuthenticate, headers.RetryAfter, headers.AcceptEncoding);
            var strict = headers.StrictTransportSecurity;
            http.Response.Clear();
            SecurityHeaders.Set(headers);
            headers.StrictTransportSecurity = strict;
            (headers.WWWAuthenticate, headers.RetryAfter, headers.AcceptEncoding) = (challenge, wait, codings);
            Cors.AllowReading(http);
            await problem.ExecuteAsync(http);
        }
    }

    // The framework sets only a status for a method that no route has, and for a missing file or document.
    private static Task WithoutBody(HttpContext http)
    {
        var response = http.Response;
        if (response.StatusCode != StatusCodes.Status405MethodNotAllowed)
        {
            return Problems.OfStatus(response.StatusCode).ExecuteAsync(http);
        }
        // The target * has no path, which the route of the first page matches (RFC 9110, 9.3.7).
        if (HttpMethods.IsOptions(http.Request.Method) && !http.Request.Path.HasValue)
        {
            return AllowedMethods.Send(http);
        }
        if (!AllowedMethods.IsAddress(http))
        {
            response.Headers.Remove("Allow");
            return Problems.OfStatus(StatusCodes.Status404NotFound).ExecuteAsync(http);
        }
        var allowed = AllowedMethods.Complete(response.Headers.Allow);
        response.Headers.Allow = allowed;
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return Problems.MethodNotAllowed(http.Request.Method, allowed).ExecuteAsync(http);
    }

    private IResult? Problem(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case ProblemException expected:
                return expected.Problem;
            case StorageFaultException { InnerException: { } cause } fault:
                log.LogError(cause, "The storage of the database failed.");
                return Problems.Unavailable(http, fault.Message, fault.RetryAfter);
            case WriteUnavailableException unavailable:
                return Problems.Unavailable(http, unavailable.Message, unavailable.RetryAfter);
            case DbException database when Db.Classify(database) == DbFailure.Busy:
                log.LogWarning("The database could not be read: {Message}", database.Message);
                return Problems.Unavailable(
                    http,
                    "The database cannot be reached, or accepts no more connections.",
                    TimeSpan.FromSeconds(1)
                );
            case DbException database when Db.Classify(database) == DbFailure.Disk:
                log.LogError(database, "The database file could not be opened or read.");
                return Problems.Unavailable(
                    http,
                    "The database file cannot be opened or read. The log of the service has the reason.",
                    TimeSpan.FromSeconds(1)
                );
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.TooLarge(settings.MaxBodyBytes);
            case BadHttpRequestException bad:
                return ProblemTypes.Invalid.CreateWithStatus(bad.StatusCode, ProblemTypes.Invalid.Title, bad.Message);
            case OperationCanceledException when http.RequestAborted.IsCancellationRequested:
                return null;
            default:
                Log(http, exception);
                return ProblemTypes.Internal.Create();
        }
    }

    // The message of some exceptions has the value that could not be read. Of those, only the type and the stack are logged.
    private void Log(HttpContext http, Exception exception)
    {
        var route = http.GetEndpoint()?.DisplayName ?? "no route";
        if (exception is DataException)
        {
            log.LogError(
                "A request to {Route} failed: {Kind} {Stack}",
                route,
                exception.GetType(),
                exception.StackTrace
            );
        }
        else
        {
            log.LogError(exception, "A request to {Route} failed.", route);
        }
    }
}
