using Microsoft.Extensions.Primitives;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security.Audit;

namespace VoteTracker.Security;

/// <summary>Authenticates programs: a request with the header `Authorization: Bearer vt_…` has the caller of that key.</summary>
/// <remarks>
/// A valid key is always accepted, whatever other clients of its address send. Only wrong keys count against the address.
/// </remarks>
internal sealed class KeyAuthentication(
    ApiKeyStore keys,
    ReadingBudget budget,
    KeyBudget keyBudget,
    RefusedKeys refused
)
{
    /// <summary>The caller, or the problem of a wrong key and of a key with too many requests.</summary>
    public async ValueTask<(Caller Caller, IResult? Problem)> Authenticate(HttpContext http, StringValues authorization)
    {
        var key = BearerKey.Read(authorization) is { } text && Settings.KeyText().IsMatch(text) ? text : null;
        if (key is null || await keys.Find(key) is not { } caller)
        {
            return (Caller.Anonymous, await Reject(http, key));
        }
        return (caller, keyBudget.Spend(http, caller));
    }

    private async ValueTask<IResult> Reject(HttpContext http, string? key)
    {
        refused.Add(http);
        // The lookup of a key costs as much as an anonymous read, so it has the same limit.
        if (budget.SpendWrongKey(http) is { } wait)
        {
            return Problems.TooMany(http, wait);
        }
        return key is not null && await keys.FindExpiry(key) is { } expiredAt
            ? KeyProblems.ExpiredKey(http, expiredAt)
            : KeyProblems.BadKey(http);
    }
}
