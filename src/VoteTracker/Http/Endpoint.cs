using Microsoft.AspNetCore.Mvc;

namespace VoteTracker.Http;

/// <summary>What every endpoint says of itself where it is mapped: who may call it, and what it may answer.</summary>
internal static class Endpoint
{
    /// <summary>Its caller must name the version it saw.</summary>
    public static RouteHandlerBuilder Conditional(this RouteHandlerBuilder route) =>
        route
            .WithMetadata(new ConditionalWrite())
            .Fails(StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);

    /// <summary>It answers 304 to who names the ETag it has.</summary>
    public static RouteHandlerBuilder ReadsConditionally(this RouteHandlerBuilder route) =>
        route.WithMetadata(new ConditionalRead()).Produces(StatusCodes.Status304NotModified);

    /// <summary>It takes a body.</summary>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route) =>
        route.Fails(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType
        );

    /// <summary>It takes a file, as it comes; what it is, is told from what is in it.</summary>
    public static RouteHandlerBuilder TakesFile(
        this RouteHandlerBuilder route,
        string description,
        params IReadOnlyList<string> mediaTypes
    ) => route.TakesBody().WithMetadata(new AcceptedFile(description, mediaTypes));

    /// <summary>It writes: the disk may be full, or the queue.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder route) =>
        route.Fails(StatusCodes.Status503ServiceUnavailable);

    /// <summary>A POST: sent again with the same `Idempotency-Key`, it is answered as it was and done once.</summary>
    public static RouteHandlerBuilder Repeatable(this RouteHandlerBuilder route) =>
        route
            .WithMetadata(new Repeatable())
            .Fails(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    /// <summary>Its success has an ETag, though its caller names no version.</summary>
    public static RouteHandlerBuilder AnswersETag(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AnswersETag());

    /// <summary>Its 200 has another shape for some callers.</summary>
    public static RouteHandlerBuilder AlsoAnswers<T>(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AlsoAnswers(typeof(T)));

    /// <summary>The problems it may answer.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemDetails>(status, "application/problem+json");
        }
        return route;
    }

    /// <summary>A problem it may answer, and what that means here where it is more than everywhere.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, int status, string meaning) =>
        route.Fails(status).WithMetadata(new ProblemMeaning(status, meaning));

    /// <summary>A problem with which it lists, under `lines`, what does not go.</summary>
    public static RouteHandlerBuilder FailsWithLines<T>(this RouteHandlerBuilder route, int status, string meaning) =>
        route.Fails(status, meaning).WithMetadata(new ProblemLines(status, typeof(T)));

    /// <summary>Its name in the contract, and what it does in a line and in more.</summary>
    public static RouteHandlerBuilder Described(
        this RouteHandlerBuilder route,
        string name,
        string tag,
        string summary,
        string description
    ) => route.WithName(name).WithTags(tag).WithSummary(summary).WithDescription(description);

    /// <summary>A query parameter that the handler reads itself.</summary>
    public static RouteHandlerBuilder Query(
        this RouteHandlerBuilder route,
        string name,
        string description,
        Type? type = null,
        string? example = null
    ) => route.WithMetadata(new QueryParameter(name, description, type ?? typeof(string), example));

    /// <summary>The parameters of a list, and the one that says where its page begins.</summary>
    public static RouteHandlerBuilder Pages(
        this RouteHandlerBuilder route,
        string cursor = "cursor",
        string description = "Where the page begins, from the Link header of the one before."
    ) =>
        route
            .WithMetadata(new Pages())
            .Query("limit", "How many items a page has: 200 by default, 1,000 at most.", typeof(int), "200")
            .Query(cursor, description)
            .Fails(StatusCodes.Status400BadRequest);
}

/// <summary>
/// A query parameter for the contract: a text, a whole number, a day (DateOnly), a moment (DateTimeOffset), or one of
/// the words of an enum.
/// </summary>
internal sealed record QueryParameter(string Name, string Description, Type Type, string? Example);

/// <summary>A part of an endpoint's path that is one of these words, for the contract.</summary>
internal sealed record PathParameter(string Name, string Description, IReadOnlyList<string> Words, string Example);

/// <summary>
/// The body that an endpoint takes, for the contract. The framework's own metadata for this is read by routing too, which
/// then answers another type's 415 itself: before the key is looked at, and not as a problem.
/// </summary>
internal sealed record AcceptedBody(Type Type, params IReadOnlyList<string> MediaTypes);

/// <summary>The file that an endpoint takes, for the contract.</summary>
internal sealed record AcceptedFile(string Description, IReadOnlyList<string> MediaTypes);

/// <summary>What a problem's status means at an endpoint.</summary>
internal sealed record ProblemMeaning(int Status, string Meaning);

/// <summary>What a problem of this status lists under `lines`.</summary>
internal sealed record ProblemLines(int Status, Type Item);

/// <summary>Another shape that an endpoint's 200 can have.</summary>
internal sealed record AlsoAnswers(Type Type);

/// <summary>Marks an endpoint whose success has an ETag, though it is no conditional request.</summary>
internal sealed record AnswersETag;

/// <summary>Marks an endpoint that answers an ETag and 304.</summary>
internal sealed record ConditionalRead;

/// <summary>Marks an endpoint that answers a page of a list.</summary>
internal sealed record Pages;

/// <summary>Marks an endpoint that takes an `Idempotency-Key`.</summary>
internal sealed record Repeatable;
