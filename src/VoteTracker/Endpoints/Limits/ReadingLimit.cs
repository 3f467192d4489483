using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Limits;

/// <summary>Marks an endpoint that is not limited: it is answered from memory, or asked by a probe.</summary>
internal sealed record FromMemory;

/// <summary>
/// A limit for who reads the database without a key, so that nobody keeps the lobbyists waiting. What is answered from
/// memory (tallies, breakdowns, streams, but of no past moment) and whoever has a key is never limited.
/// </summary>
internal sealed class ReadingLimit(RequestDelegate next, ReadingBudget budget)
{
    public Task InvokeAsync(HttpContext http) =>
        Applies(http) && budget.SpendRead(http) is { } wait
            ? Problems.TooMany(http, wait).ExecuteAsync(http)
            : next(http);

    private static bool Applies(HttpContext http) =>
        http.Request.Headers.Authorization.Count == 0
        && (http.GetEndpoint()?.Metadata.GetMetadata<FromMemory>() is null || AsksThePast(http.Request));

    // Only the present is kept ready; the past is counted from the database each time.
    private static bool AsksThePast(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.ContainsKey("asOf");
}
