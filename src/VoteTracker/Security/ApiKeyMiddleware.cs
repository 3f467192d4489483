using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security.Audit;

namespace VoteTracker.Security;

/// <summary>
/// Authenticates and authorizes a request before its body is read. The order is part of the contract: 401 for a wrong
/// key (also at public addresses), 401 for a missing key, 403 for a role that is too low, 428 for a missing condition.
/// </summary>
/// <remarks>
/// A request without a key has the caller of its session, if it has the cookie of one. A write with the cookie needs the
/// proof too: 403 without it.
/// </remarks>
internal sealed class ApiKeyMiddleware(
    RequestDelegate next,
    ApiKeyStore keys,
    PageSessions sessions,
    ReadingBudget budget,
    RefusedKeys refused
)
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
        if (http.Request.Headers.Authorization is { Count: > 0 } authorization)
        {
            var found =
                authorization is [{ } only]
                && only.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                && only["Bearer ".Length..].Trim() is var key
                && Settings.KeyText().IsMatch(key)
                    ? await keys.Find(key)
                    : null;
            if (found is null)
            {
                refused.Add(http);
                // The lookup of a key costs as much as an anonymous read, so it has the same limit.
                if (budget.SpendWrongKey(http) is { } wait)
                {
                    return Problems.TooMany(http, wait);
                }
                return KeyProblems.BadKey(http);
            }
            http.Features.Set(caller = found);
        }
        else if (SessionCookie.Read(http) is { } token)
        {
            if (await sessions.Find(token) is { } found)
            {
                http.Features.Set(caller = found);
                SessionCookie.MarkCaller(http);
            }
            else if (budget.SpendRead(http) is { } wait)
            {
                // An ended session is no error. The request is anonymous, and so is its limit.
                return Problems.TooMany(http, wait);
            }
        }
        else if (SessionCookie.ReadUnproved(http) is { } unproved && await sessions.Find(unproved) is not null)
        {
            return ProblemTypes.SessionProofNeeded.Create();
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
