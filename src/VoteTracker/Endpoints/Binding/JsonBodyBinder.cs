using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.Features;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// Binds a JSON body: reads it within the limit and validates it. If it is wrong, the response names every wrong field:
/// fields of the wrong type, and fields that the validator rejects.
/// </summary>
/// <remarks>
/// FastEndpoints' binder stops at the first field of the wrong type, adds route and query values to the body, and its
/// validators are created once for each process, although some need the services of their host.
/// </remarks>
internal sealed class JsonBodyBinder<T> : IRequestBinder<T>
    where T : class
{
    private static readonly bool IsOptional = typeof(T).IsAssignableTo(typeof(IOptionalBody));

    public async ValueTask<T> BindAsync(BinderContext ctx, CancellationToken ct)
    {
        var http = ctx.HttpContext;
        if (IsOptional && HasNoBody(http))
        {
            return JsonBody<T>.Read("{}"u8, http.RequestServices.GetService<IValidator<T>>());
        }
        if (!http.Request.HasJsonContentType())
        {
            throw new ProblemException(Problems.UnsupportedMediaType("application/json"));
        }
        using var bytes = await RawBody.Read(http);
        return JsonBody<T>.Read(bytes.Memory.Span, http.RequestServices.GetService<IValidator<T>>());
    }

    private static bool HasNoBody(HttpContext http) =>
        http.Request.ContentLength == 0
        || http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
}

/// <summary>A JSON body of which every field has a default: a request without a body is the same as `{}`.</summary>
internal interface IOptionalBody;

/// <summary>Binds nothing: the endpoint takes no body.</summary>
internal sealed class NoBodyBinder : IRequestBinder<EmptyRequest>
{
    public ValueTask<EmptyRequest> BindAsync(BinderContext ctx, CancellationToken ct) => new(EmptyRequest.Instance);
}
