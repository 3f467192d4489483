using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;
using VoteTracker.Web.Organisation;

namespace VoteTracker.Web.Pages;

/// <summary>
/// Ends the session of a browser and deletes its cookie. It redirects to the page in `return`. A person who signed in with
/// the organisation gets a page that continues at the provider, and ends the session there too.
/// </summary>
/// <remarks>The page forbids forms to other hosts, and browsers apply this to redirects. So it is not a redirect.</remarks>
internal sealed class SignOut(PageSessions sessions, OrganisationSignIn organisation, Assets assets)
    : PageEndpoint(assets)
{
    public override void Configure()
    {
        Post("/sign-out");
        Description(route => route.IsPage().Requires(Right.ReadPublic).Writes());
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = "no-store";
        var form = await PageForm.Read(HttpContext);
        var page = form.FindReturn();
        var isPerson = false;
        if (SessionCookie.ReadToken(HttpContext) is { } token)
        {
            isPerson = await sessions.Find(token) is { IsPerson: true };
            await sessions.SignOut(token);
        }
        SessionCookie.Delete(HttpContext);
        if (isPerson && organisation.IsOn && await organisation.FindSignOutAddress(HttpContext) is { } address)
        {
            var context = CreateContext() with { Caller = Caller.Anonymous, SessionProof = null };
            var model = new ContinueModel("sign-out.done", "sign-out.organisation", address);
            await SendPage(context, await Render<ContinuePage>(context, model), isPublic: false);
            return;
        }
        HttpContext.Response.Headers.Location = page;
        HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
    }
}
