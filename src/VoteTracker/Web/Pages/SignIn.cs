using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;

namespace VoteTracker.Web.Pages;

/// <summary>Exchanges a key for a session: the form of the page `/sign-in`. It redirects to the page in `return`.</summary>
internal sealed class SignIn(PageSessions sessions, ReadingBudget budget) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Post("/sign-in");
        Description(route => route.IsPage().Requires(Right.ReadPublic).Writes());
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = "no-store";
        var form = await PageForm.Read(HttpContext);
        var page = form.FindReturn();
        var result = await sessions.SignIn(form.Find("key"));
        if (result.Token is { } token)
        {
            SessionCookie.Append(HttpContext, token, PageSessions.Lifetime);
            HttpContext.Response.Headers.Location = page;
            HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            return;
        }
        await Reject(result.Fault).ExecuteAsync(HttpContext);
    }

    private IResult Reject(SignInFault? fault)
    {
        if (fault == SignInFault.NoKey)
        {
            return Problems.Invalid("key", "is required");
        }
        // A wrong key costs the same here as in the header of a request.
        return budget.SpendWrongKey(HttpContext) is { } wait
            ? Problems.TooMany(HttpContext, wait)
            : KeyProblems.BadKey(HttpContext);
    }
}
