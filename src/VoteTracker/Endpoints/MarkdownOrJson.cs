using System.Text;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Text;
using VoteTracker.Localization;

namespace VoteTracker.Endpoints;

/// <summary>
/// A response of 200 with a value as JSON or, if the `Accept` header prefers it, as Markdown for people. It depends on the
/// time and on the role of the caller, so no cache stores it.
/// </summary>
/// <param name="value">The value.</param>
/// <param name="language">The language of names and sentences.</param>
/// <param name="write">Writes the value as Markdown.</param>
internal sealed class MarkdownOrJson<T>(T value, Language language, Func<T, Language, string> write) : IResult
{
    private const string Json = "application/json";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Vary = "Accept, Authorization, Cookie";
        headers.CacheControl = ETags.NotStored;
        if (ContentNegotiation.Choose(httpContext.Request.Headers.Accept, Json, Markdown.MediaType) == 0)
        {
            await httpContext.Response.WriteAsJsonAsync(
                value,
                Binding.Json.For(language),
                httpContext.RequestAborted
            );
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(write(value, language));
        headers.ContentType = $"{Markdown.MediaType}; charset=utf-8";
        headers.ContentLanguage = language.Code;
        headers.ContentLength = bytes.Length;
        await httpContext.Response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

/// <summary>What an endpoint declares that returns Markdown, too.</summary>
internal static class MarkdownOrJson
{
    /// <summary>It returns this type as JSON, or as Markdown.</summary>
    public static RouteHandlerBuilder ProducesMarkdownToo<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status200OK, "application/json", Markdown.MediaType);
}
