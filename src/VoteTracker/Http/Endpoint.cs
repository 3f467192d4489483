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

    /// <summary>It writes: the disk may be full, or the queue.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder route) =>
        route.Fails(StatusCodes.Status503ServiceUnavailable);

    /// <summary>The problems it may answer.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemDetails>(status, "application/problem+json");
        }
        return route;
    }

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
        Type? words = null,
        string? example = null
    ) => route.WithMetadata(new QueryParameter(name, description, words, example));

    /// <summary>The parameters of a list.</summary>
    public static RouteHandlerBuilder Pages(this RouteHandlerBuilder route) =>
        route
            .WithMetadata(new Pages())
            .Query("limit", "How many items a page has: 200 by default, 1,000 at most.", example: "200")
            .Query("cursor", "Where the page begins, from the Link header of the one before.")
            .Fails(StatusCodes.Status400BadRequest);
}

/// <summary>A query parameter for the contract; <paramref name="Words"/> is the enum whose words it takes.</summary>
internal sealed record QueryParameter(string Name, string Description, Type? Words, string? Example);

/// <summary>Marks an endpoint that answers an ETag and 304.</summary>
internal sealed record ConditionalRead;

/// <summary>Marks an endpoint that answers a page of a list.</summary>
internal sealed record Pages;
