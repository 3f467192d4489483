using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Web.Pages;

/// <summary>Exchanges a key for a session: the form of the page `/sign-in`. It redirects to the page in `return`.</summary>
internal sealed class SignIn(
    PageSessions sessions,
    ReadingBudget budget,
    RefusedKeys refused,
    Settings settings,
    Assets assets
) : PageEndpoint(assets)
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
        var result = await sessions.SignIn(form.Find("key"), SessionCookie.ReadToken(HttpContext));
        if (result.Token is { } token)
        {
            SessionCookie.Append(HttpContext, token, sessions.Lifetime);
            HttpContext.Response.Headers.Location = page;
            HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            return;
        }
        var fault = result.Fault!.Value;
        if (fault == SignInFault.WrongKey)
        {
            refused.Add(HttpContext);
        }
        // A wrong key costs the same here as in the header of a request.
        if (fault == SignInFault.WrongKey && budget.SpendWrongKey(HttpContext) is { } wait)
        {
            await Problems.TooMany(HttpContext, wait).ExecuteAsync(HttpContext);
            return;
        }
        var context = CreateContext();
        HttpContext.Response.StatusCode = SignInProblem.StatusOf(fault);
        var model = SignInModel.Create(settings, page, fault);
        await SendPage(context, await Render<SignInPage>(context, model), isPublic: false);
    }
}
