using VoteTracker.Endpoints.Conditional;

namespace VoteTracker.Security;

/// <summary>
/// Authenticates and authorizes a request before its body is read. The order is part of the contract: 401 for a wrong
/// key (also at public addresses), 401 for a missing key, 403 for a role that is too low, 428 for a missing condition.
/// </summary>
/// <remarks>
/// <see cref="KeyAuthentication"/> is for programs and <see cref="SessionAuthentication"/> for people. Decision 0015 has
/// the reason why they are not handlers of the framework.
/// </remarks>
internal sealed class ApiKeyMiddleware(RequestDelegate next, KeyAuthentication keys, SessionAuthentication sessions)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var problem = await FindProblem(http);
        if (problem is null)
        {
            await next(http);
            return;
        }
        await problem.ExecuteAsync(http);
    }

    private async ValueTask<IResult?> FindProblem(HttpContext http)
    {
        var caller = Caller.Anonymous;
        var headers = http.Request.Headers;
        if (headers.Authorization is { Count: > 0 } || headers.Cookie is { Count: > 0 })
        {
            (caller, var problem) = headers.Authorization is { Count: > 0 } authorization
                ? await keys.Authenticate(http, authorization)
                : await sessions.Authenticate(http);
            if (problem is not null)
            {
                return problem;
            }
            if (!caller.IsAnonymous)
            {
                http.Features.Set(caller = caller.At(http));
            }
        }
        if (http.GetEndpoint()?.Metadata is not { } metadata)
        {
            return null;
        }
        if (metadata.GetMetadata<RequiresRight>() is { HidesExistence: false } required && !caller.May(required.Right))
        {
            return KeyProblems.RoleTooLow(http, caller, required.Right);
        }
        return metadata.GetMetadata<ConditionalWrite>() is null ? null : Precondition.Check(http);
    }
}
