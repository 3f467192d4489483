using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Limits;

/// <summary>
/// Limits the streams of events that one address has open. One more is a 429. Behind a trusted proxy, the address is that
/// of the proxy's client.
/// </summary>
internal sealed class OpenStreams(Settings settings)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly PlacesPerClient _open = new(settings.StreamsPerAddress);

    /// <summary>Runs a stream until it ends, or returns 429.</summary>
    public Task Run(HttpContext http, RequestDelegate stream)
    {
        var client = ClientAddress.From(http);
        return _open.TryTake(client)
            ? RunAndReturn(http, stream, client)
            : Problems
                .TooMany(http, RetryAfter, ProblemTypes.TooManyStreams.Create(settings.StreamsPerAddress))
                .ExecuteAsync(http);
    }

    private async Task RunAndReturn(HttpContext http, RequestDelegate stream, UInt128 client)
    {
        try
        {
            await stream(http);
        }
        finally
        {
            _open.Return(client);
        }
    }
}

/// <summary>Declares that an endpoint is a stream.</summary>
internal static class StreamExtensions
{
    /// <summary>Its open responses are limited for each address.</summary>
    public static RouteHandlerBuilder IsStream(this RouteHandlerBuilder route)
    {
        route.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } stream)
            {
                endpoint.RequestDelegate = http =>
                    http.RequestServices.GetRequiredService<OpenStreams>().Run(http, stream);
            }
        });
        return route;
    }
}
