using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Security;

/// <summary>
/// Authenticates people: a request without a key has the caller of its session, if it has the cookie of one. A write with
/// the cookie needs the proof too.
/// </summary>
internal sealed class SessionAuthentication(PageSessions sessions, ReadingBudget budget, KeyBudget keyBudget)
{
    /// <summary>The caller; anonymous without a session. Or the problem of a write without a proof, and of too many requests.</summary>
    public async ValueTask<(Caller Caller, IResult? Problem)> Authenticate(HttpContext http)
    {
        if (SessionCookie.Read(http) is { } token)
        {
            if (await sessions.Find(token) is { } caller)
            {
                SessionCookie.MarkCaller(http);
                return (caller, keyBudget.Spend(http, caller));
            }
            // An ended session is no error. The request is anonymous, and so is its limit.
            return (Caller.Anonymous, budget.SpendRead(http) is { } wait ? Problems.TooMany(http, wait) : null);
        }
        return SessionCookie.ReadUnproved(http) is { } unproved && await sessions.Find(unproved) is not null
            ? (Caller.Anonymous, ProblemTypes.SessionProofNeeded.Create())
            : (Caller.Anonymous, null);
    }
}
