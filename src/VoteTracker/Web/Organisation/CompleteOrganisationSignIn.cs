using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Organisation;

/// <summary>
/// The address to which the provider sends the browser back. It begins the session, and shows a page that continues.
/// </summary>
/// <remarks>
/// A redirect would not do: the provider started it, so browsers would not send the new cookie, which is `SameSite=Strict`.
/// </remarks>
internal sealed class CompleteOrganisationSignIn(OrganisationSignIn organisation, Settings settings, Assets assets)
    : PageEndpoint(assets)
{
    public override void Configure()
    {
        Get(OrganisationSignIn.CallbackPath);
        Description(route => route.IsPage().WithMetadata(new WritesOnGet()).Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = "no-store";
        // The links to other languages lead to the page for signing in.
        var page = CreateContext() with
        {
            Path = $"{HttpContext.Request.PathBase}/sign-in",
        };
        if (!organisation.IsOn || await organisation.Complete(HttpContext) is not { } completed)
        {
            await SendNotFound(page);
            return;
        }
        if (completed.Result.Token is not { } token)
        {
            var fault = completed.Result.Fault!.Value;
            HttpContext.Response.StatusCode = SignInProblem.StatusOf(fault);
            var again = SignInModel.Create(settings, completed.Return, fault);
            await SendPage(page, await Render<SignInPage>(page, again), isPublic: false);
            return;
        }
        SessionCookie.Append(HttpContext, token, organisation.Lifetime);
        HttpContext.Response.StatusCode = StatusCodes.Status200OK;
        var model = new ContinueModel("sign-in.done", "sign-in.continue", completed.Return);
        await SendPage(page, await Render<ContinuePage>(page, model), isPublic: false);
    }
}
