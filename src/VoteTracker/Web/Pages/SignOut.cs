using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;

namespace VoteTracker.Web.Pages;

/// <summary>Ends the session of a browser and deletes its cookie. It redirects to the page in `return`.</summary>
internal sealed class SignOut(PageSessions sessions) : EndpointWithoutRequest
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
        if (SessionCookie.ReadToken(HttpContext) is { } token)
        {
            await sessions.SignOut(token);
        }
        SessionCookie.Delete(HttpContext);
        HttpContext.Response.Headers.Location = page;
        HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
    }
}
