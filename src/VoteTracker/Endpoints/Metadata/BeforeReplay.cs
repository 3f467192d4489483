namespace VoteTracker.Endpoints.Metadata;

/// <summary>What an endpoint does before a stored response is sent again, because the endpoint itself does not run.</summary>
/// <param name="Run">Runs before the response. If it throws, the response is not sent.</param>
internal sealed record BeforeReplay(Func<HttpContext, Task> Run);
