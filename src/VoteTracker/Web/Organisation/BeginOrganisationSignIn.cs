using VoteTracker.Endpoints;
using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Organisation;

/// <summary>Redirects the reader to the provider of the organisation. `return` is the page to return to.</summary>
internal sealed class BeginOrganisationSignIn(OrganisationSignIn organisation, Settings settings, Assets assets)
    : PageEndpoint(assets)
{
    public override void Configure() => Serve("/sign-in/organisation");

    public override async Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = "no-store";
        // The links to other languages lead to the page for signing in.
        var page = CreateContext() with
        {
            Path = $"{HttpContext.Request.PathBase}/sign-in",
        };
        if (!organisation.IsOn)
        {
            await SendNotFound(page);
            return;
        }
        var address = LocalPath.Parse(HttpContext.Request.Query["return"]) ?? "/";
        if (!await OrganisationSignIn.Begin(HttpContext, address))
        {
            HttpContext.Response.StatusCode = SignInProblem.StatusOf(SignInFault.Unreachable);
            var model = SignInModel.Create(settings, address, SignInFault.Unreachable);
            await SendPage(page, await Render<SignInPage>(page, model), isPublic: false);
        }
    }
}
