using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// Limits reads of the database without a key, so that anonymous callers do not delay the campaign. Current tallies,
/// breakdowns and streams come from memory and have no limit. Requests with a key have none either. ApiKeyMiddleware
/// limits requests with the cookie of a session that has ended.
/// </summary>
internal sealed class ReadingLimit(RequestDelegate next, ReadingBudget budget)
{
    public Task InvokeAsync(HttpContext http) =>
        Applies(http) && budget.SpendRead(http) is { } wait
            ? Problems.TooMany(http, wait).ExecuteAsync(http)
            : next(http);

    private static bool Applies(HttpContext http) =>
        http.Request.Headers.Authorization.Count == 0
        && SessionCookie.Read(http) is null
        && (http.GetEndpoint()?.Metadata.GetMetadata<FromMemory>() is null || IsOfPast(http.Request));

    // Memory has only the current state. A past one is computed from the database each time.
    private static bool IsOfPast(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.ContainsKey("asOf");
}
