using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;

namespace VoteTracker.Security;

/// <summary>
/// The way in, in this order: a key that is no key is a 401, also on what is public; a role that is missing a 401,
/// too low a 403; a conditional write without its condition a 428. Only then is a body read.
/// </summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeyStore keys, ReadingBudget budget)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var refusal = await Enter(http);
        if (refusal is null)
        {
            await next(http);
            return;
        }
        await refusal.ExecuteAsync(http);
    }

    private async ValueTask<IResult?> Enter(HttpContext http)
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
                // Looking for a key costs as much as an anonymous read, and is limited alike.
                if (budget.SpendWrongKey(http) is { } wait)
                {
                    return Problems.TooMany(http, wait);
                }
                return KeyProblems.BadKey(http);
            }
            http.Features.Set(caller = found);
        }
        if (http.GetEndpoint()?.Metadata is not { } metadata)
        {
            return null;
        }
        if (metadata.GetMetadata<RequiresRole>() is { HidesExistence: false } needs && caller.Role < needs.Role)
        {
            return KeyProblems.RoleTooLow(http, caller, needs.Role);
        }
        return metadata.GetMetadata<ConditionalWrite>() is null ? null : Precondition.Check(http);
    }
}
