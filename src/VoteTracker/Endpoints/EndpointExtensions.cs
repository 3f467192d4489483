using Microsoft.AspNetCore.Mvc;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Endpoints;

/// <summary>The declarations of an endpoint in <c>Configure</c>: its request and its responses.</summary>
internal static class EndpointExtensions
{
    /// <summary>
    /// One instance handles all requests with this delegate, so no endpoint is created for each request. It is meant for
    /// the most frequent poll; decision 0001 has the figure.
    /// </summary>
    public static RouteHandlerBuilder AnsweredBy(this RouteHandlerBuilder route, RequestDelegate answer)
    {
        route.Finally(endpoint => endpoint.RequestDelegate = answer);
        return route;
    }

    /// <summary>
    /// This delegate is asked first, before an endpoint is created for the request. It responds from memory and returns
    /// true, or leaves the request to the endpoint and returns false.
    /// </summary>
    public static RouteHandlerBuilder AnsweredFirstBy(
        this RouteHandlerBuilder route,
        Func<HttpContext, ValueTask<bool>> answer
    )
    {
        route.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } rest)
            {
                endpoint.RequestDelegate = async http =>
                {
                    if (!await answer(http))
                    {
                        await rest(http);
                    }
                };
            }
        });
        return route;
    }

    /// <summary>The request must name the version of this resource that the caller saw.</summary>
    public static RouteHandlerBuilder Conditional<TResource>(this RouteHandlerBuilder route) =>
        route
            .WithMetadata(new ConditionalWrite(typeof(TResource)))
            .Fails(StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);

    /// <summary>It returns 304 if the request names the current ETag.</summary>
    public static RouteHandlerBuilder ReadsConditionally(this RouteHandlerBuilder route) =>
        route.WithMetadata(new ConditionalRead()).Produces(StatusCodes.Status304NotModified);

    /// <summary>It accepts a JSON body of this type.</summary>
    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder route, Type type) =>
        route.TakesBody().WithMetadata(new AcceptedBody(type, "application/json"));

    /// <summary>It accepts a merge patch (RFC 7396) of this type.</summary>
    public static RouteHandlerBuilder TakesPatchOf<T>(this RouteHandlerBuilder route) =>
        route.TakesBody().WithMetadata(new AcceptedBody(typeof(T), "application/merge-patch+json", "application/json"));

    /// <summary>It accepts a body.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route) =>
        route.Fails(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status408RequestTimeout,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType
        );

    /// <summary>It accepts a file. The content decides what kind of file it is, not the media type.</summary>
    public static RouteHandlerBuilder TakesFile(
        this RouteHandlerBuilder route,
        string description,
        params IReadOnlyList<string> mediaTypes
    ) => route.TakesBody().WithMetadata(new AcceptedFile(description, mediaTypes));

    /// <summary>It writes, so it fails with 503 if the disk or the queue is full.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder route) =>
        route.Fails(StatusCodes.Status503ServiceUnavailable);

    /// <summary>A POST that runs once. A repetition with the same `Idempotency-Key` returns the stored response.</summary>
    public static RouteHandlerBuilder AcceptsIdempotencyKey(this RouteHandlerBuilder route) =>
        route
            .WithMetadata(new Idempotent())
            .Fails(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    /// <summary>Its success has an ETag, although the request names no version.</summary>
    public static RouteHandlerBuilder AnswersETag(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AnswersETag());

    /// <summary>The problems that it can return.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemDetails>(status, "application/problem+json");
        }
        return route;
    }

    /// <summary>A problem that it can return, and what the problem means at this endpoint.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, int status, string meaning) =>
        route.Fails(status).WithMetadata(new ProblemMeaning(status, meaning));

    /// <summary>A problem that lists the rejected lines under `lines`.</summary>
    public static RouteHandlerBuilder FailsWithLines<T>(this RouteHandlerBuilder route, int status, string meaning) =>
        route.Fails(status, meaning).WithMetadata(new ProblemLines(status, typeof(T)));

    /// <summary>A problem that lists the stances that conflict under `stances`.</summary>
    public static RouteHandlerBuilder FailsWithStances<T>(this RouteHandlerBuilder route, int status, string meaning) =>
        route.Fails(status, meaning).WithMetadata(new ProblemLines(status, typeof(T), "stances"));

    /// <summary>Its heading in the contract, a summary in one line, and the details.</summary>
    public static RouteHandlerBuilder Described(
        this RouteHandlerBuilder route,
        string tag,
        string summary,
        string description
    ) => route.WithTags(tag).WithSummary(summary).WithDescription(description);

    /// <summary>The query parameters that it reads.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params QueryParameter[] parameters) =>
        route.WithMetadata([.. parameters]);

    /// <summary>It ignores query parameters that it does not declare.</summary>
    public static RouteHandlerBuilder IgnoresUnknownParameters(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IgnoresUnknownParameters());

    /// <summary>
    /// It is a page or a form of a page. The contract does not have it, it accepts any query parameter, and its responses
    /// have the security headers of pages.
    /// </summary>
    public static RouteHandlerBuilder IsPage(this RouteHandlerBuilder route)
    {
        route.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } answer)
            {
                endpoint.RequestDelegate = http =>
                {
                    PageHeaders.Set(http.Response.Headers);
                    return answer(http);
                };
            }
        });
        return route.WithMetadata(new Page()).IgnoresUnknownParameters().ExcludeFromDescription();
    }

    /// <summary>It returns a page of a list: it accepts the length of the page and the parameter for its start.</summary>
    public static RouteHandlerBuilder Pages(this RouteHandlerBuilder route, TextParameter? cursor = null) =>
        route
            .WithMetadata(new Pages())
            .Takes(Paging.LimitParameter, cursor ?? Paging.CursorParameter)
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status410Gone);
}
